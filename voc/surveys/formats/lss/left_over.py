"""What a question of LimeSurvey has that ours has not: reported, once for what is asked and once for looks. PURE."""

from voc.surveys.formats.lss.source import Item
from voc.surveys.formats.notes import Notes

_READ = {
    *(
        "maximum_chars",
        "numbers_only",
        "min_num_value_n",
        "max_num_value_n",
        "min_num_value",
        "max_num_value",
        "num_value_int_only",
        "suffix",
    ),
    *("slider_layout", "slider_min", "slider_max", "slider_accuracy", "min_answers", "max_answers", "exclude_all_others", "random_order"),
    *("answer_order", "subquestion_order", "other_replace_text", "slider_rating", "multiflexible_checkbox", "dualscale_headera"),
    *("dualscale_headerb", "date_format", "date_min", "date_max", "allowed_filetypes", "max_num_of_files", "max_filesize", "hidden"),
    *("equation", "array_filter", "array_filter_exclude", "random_group", "em_validation_q_tip", "image", "assessment_value"),
}
_SILENT = (
    "statistics_",
    "public_statistics",
    "printable_help",
    "scale_export",
    "save_as_default",
    "page_break",
    "cssclass",
    "em_validation_sq_tip",
)
_CHECKS = {
    *("em_validation_q", "em_validation_sq", "equals_num_value", "multiflexible_min", "multiflexible_max", "multiflexible_step"),
    *(
        "min_num_of_files",
        "min_num_value_sgqa",
        "max_num_value_sgqa",
        "num_value_equals_sgqa",
        "other_comment_mandatory",
        "other_numbers_only",
    ),
    *("exclude_all_others_auto", "commented_checkbox", "value_range_allows_missing", "max_subquestions", "min_chars", "time_limit"),
}
_NOTHING = {"", "0", "n", "default", "none", "normal", "bottom", "off", "no", "end", "false"}


def note_what_is_left(item: Item, notes: Notes) -> None:
    """Report every attribute that was not read."""
    looks = []
    for name, values in item.attributes.items():
        written = next((value.strip() for value in values.values() if value.strip()), "")
        if name.lower() in _READ or name.startswith(_SILENT) or written.lower() in _NOTHING:
            continue
        if name in _CHECKS:
            why = "This check has no counterpart here. See whether a limit or a condition of ours does it."
            notes.dropped(item.id, "VALIDATION_DROPPED", f"{name}={written}", why)
        elif not name.startswith("time_limit_") or item.setting("time_limit").strip():
            looks.append(f"{name}={written}")
    if looks:
        notes.dropped(item.id, "LOOK_DROPPED", ", ".join(looks), "Our pages have one look; these settings were left out.")
    if any(script.strip() for script in item.scripts.values()):
        notes.dropped(item.id, "SCRIPT_DROPPED", item.code, "Scripts never come along.")


def note_defaults(qids: list[str], notes: Notes) -> None:
    """Answers that were filled in beforehand."""
    for qid in dict.fromkeys(qids):
        notes.dropped(qid, "DEFAULT_DROPPED", "default value", "Answers are never filled in beforehand here: that steers customers.")
