"""Advice on a sound questionnaire, and what keeps it from being published: one rule a file, each with examples that are its tests. PURE."""

from voc.surveys.lint import (
    brand_contrast,
    double_question,
    leading_wording,
    long_sentence,
    long_sms,
    long_subject,
    long_survey,
    long_text,
    missing_end_labels,
    missing_text,
    missing_translation,
    negation,
    personal_data,
    reading_level,
    unbalanced_scale,
    unreachable,
    walk_changed,
    walk_unfit,
)
from voc.surveys.lint.rule import Finding, Rule, Sender, SenderRule
from voc.surveys.questionnaire import Problem, Questionnaire, Severity

RULES: tuple[Rule, ...] = (
    missing_text.RULE,
    missing_translation.RULE,
    unreachable.RULE,
    walk_unfit.RULE,
    walk_changed.RULE,
    missing_end_labels.RULE,
    double_question.RULE,
    leading_wording.RULE,
    negation.RULE,
    unbalanced_scale.RULE,
    personal_data.RULE,
    long_text.RULE,
    long_sentence.RULE,
    reading_level.RULE,
    long_subject.RULE,
    long_survey.RULE,
)

SENDER_RULES: tuple[SenderRule, ...] = (long_sms.RULE, brand_contrast.RULE)


def lint(questionnaire: Questionnaire) -> tuple[Problem, ...]:
    """Everything worth saying about a questionnaire that parses, errors first."""
    found = [_problem(rule, finding) for rule in RULES for finding in rule.find(questionnaire)]
    return tuple(sorted(found, key=lambda problem: problem.severity is not Severity.ERROR))


def lint_sender(questionnaire: Questionnaire, sender: Sender | None) -> tuple[Problem, ...]:
    """What is to be said of it besides, because of who sends it; None where that is not known yet."""
    return tuple(_problem(rule, finding) for rule in SENDER_RULES for finding in rule.find(questionnaire, sender))


def _problem(rule: Rule | SenderRule, finding: Finding) -> Problem:
    return Problem(finding.path, rule.code, finding.message, rule.severity, dutch=finding.dutch)
