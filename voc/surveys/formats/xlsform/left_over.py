"""What a row of a form has that our question has not: reported, for each question and once for each column. PURE."""

from voc.surveys.formats.notes import Notes
from voc.surveys.formats.xlsform.form import Entry, Form

_READ = {
    *("type", "name", "label", "hint", "required", "required_message", "constraint", "constraint_message", "relevant", "appearance"),
    *("choice_filter", "parameters", "repeat_count", "calculation", "default", "read_only", "trigger", "guidance_hint", "disabled"),
    *("image", "big-image", "audio", "video"),
}
_PLAIN_LOOKS = {"", "multiline", "minimal", "field-list", "table-list", "numbers", "autocomplete", "w1", "w2", "w3", "w4"}
_SETTINGS = {"form_title", "form_id", "version", "default_language"}
_REASONS = {
    "default": ("DEFAULT_DROPPED", "Answers are never filled in beforehand here: that steers customers."),
    "calculation": ("CALCULATION_DROPPED", "Sums are not reckoned here."),
    "trigger": ("CALCULATION_DROPPED", "Sums are not reckoned here."),
    "guidance_hint": ("GUIDANCE_DROPPED", "There is one line of help here. Add these words to it if customers need them."),
}
_SILENT = {"calculate", "hidden"}


def note_what_is_left(form: Form, notes: Notes) -> None:
    """Report every cell that was not read."""
    for entry in form.entries:
        _note_cells(entry, notes)
    for column in form.columns:
        used = [entry for entry in form.entries if column not in _READ and entry.line.get(column)]
        if used and not column.startswith("_"):
            what = f"{column} ({len(used)}): {used[0].line.get(column)}"
            notes.dropped(f"column {column}"[:200], "COLUMN_DROPPED", what, "Nothing here corresponds to this column.")
    settings = sorted(name for name in form.settings.cells if name not in _SETTINGS)
    if settings:
        notes.dropped("settings", "SETTING_DROPPED", ", ".join(settings), "These settings belong to the system the form was made for.")


def _note_cells(entry: Entry, notes: Notes) -> None:
    line = entry.line
    for name, (code, why) in _REASONS.items():
        written = line.get(name) or " / ".join(line.texts(name).values())
        if written and not (entry.type.name in _SILENT and name in {"default", "calculation"}):
            notes.dropped(entry.id, code, f"{name}: {written}", why)
    if line.get("read_only").lower() in {"yes", "true", "true()", "1"}:
        notes.changed(
            entry.id, "READ_ONLY_CHANGED", entry.name, "It could only be read; here it is asked. Make it a statement if it should not be."
        )
    for name, texts in line.translated.items():
        if texts.get("") and texts.get(line.base) and line.base:
            notes.dropped(entry.id, "SECOND_TEXT_DROPPED", f"{name}: {texts['']}", f"The column of `{line.base}` has a text of its own.")
    looks = [word for word in line.get("appearance").lower().split() if word not in _PLAIN_LOOKS]
    if looks:
        notes.dropped(entry.id, "LOOK_DROPPED", " ".join(looks), "Our pages have one look; this was left out.")
    parameters = line.get("parameters").strip()
    if parameters and entry.type.name != "range" and parameters.lower().replace(" ", "") != "randomize=true":
        notes.dropped(entry.id, "LOOK_DROPPED", f"parameters: {parameters}", "Nothing here corresponds to these.")
