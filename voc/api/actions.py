"""Everything that can be asked of the service, published with a description for each; types take it from here."""

from voc.api.exposed import enum
from voc.core.access import Action

__all__ = ["Action"]

enum(
    Action,
    "Everything that can be asked of the service. New values may be added: handle unknown ones.",
    SEE_SURVEYS="See questionnaires.",
    EDIT_SURVEY="Write questionnaires.",
    PUBLISH_SURVEY="Publish questionnaires.",
    TRANSLATE="Translate what one's own translator's link is for.",
    SEE_OUTREACH="See touchpoints, policies, decisions, invitations and deliveries.",
    EDIT_OUTREACH="Change touchpoints, and write policies.",
    SWITCH_POLICY="Switch policies on, now or at a moment, and off.",
    PAUSE="Stop all or some sending, and let it go on.",
    SEND="Send invitations.",
    INVITE="Make a personal link for another system to deliver.",
    HOLD_CUSTOMER="Keep surveys away from a customer for a while.",
    SUPPRESS="Never write to an address again.",
    SEE_CUSTOMERS="See customers and contacts, names masked.",
    SEE_IDENTITY="See names, mail addresses and phone numbers unmasked.",
    RECORD_CONTACT="Tell of contacts.",
    UPSERT_CUSTOMER="Tell of customers and accounts.",
    SET_CONSENT="Tell what a customer said about being asked.",
    SEE_RESPONSES="See responses.",
    SUBMIT_RESPONSE="Bring responses from another channel.",
    IMPORT_RESPONSES="Bring the responses that another system collected.",
    ANSWER="Answer one's own invitation.",
    JUDGE_ANSWER="Say whether an answer counts that a scanner may have given.",
    EXPORT="Take rows out of the house.",
    UNDERSTAND="Write readings and scores.",
    SEE_METRICS="See figures.",
    SEE_TASKS="See tasks.",
    RAISE_TASK="Raise tasks.",
    WORK_TASK="Take, close and reopen tasks, and write notes.",
    GIVE_TASK="Give tasks to others.",
    EDIT_ROUTES="Say which team gets what.",
    SEE_BRIEF="See the brief about whoever is on the line.",
    SEE_STAFF="See colleagues and teams.",
    EDIT_STAFF="Change members, roles, teams, business hours and tokens.",
    EDIT_WEBHOOKS="Change webhooks.",
    SEE_JOBS="See what waits and what failed.",
    RUN_JOBS="Run a dead job again.",
    OWN_ACCOUNT="Change one's own account.",
    SIGN_IN="Sign in.",
)
