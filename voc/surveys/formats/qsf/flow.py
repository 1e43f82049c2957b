"""The flow of a file, walked from its beginning to its end. PURE."""

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from voc.surveys.formats.qsf.loose import Group, group, groups, items, text, whole, word
from voc.surveys.formats.qsf.report import Notes
from voc.surveys.formats.qsf.source import Source


@dataclass(frozen=True, slots=True)
class Drawn:
    """That one of several parts of the flow was drawn: `place` counts from 1."""

    randomizer: str
    place: int


@dataclass(frozen=True, slots=True)
class Branching:
    """That the logic of a branch holds."""

    flow_id: str
    tree: Group = field(hash=False)


Gate = Drawn | Branching


@dataclass(frozen=True, slots=True)
class Station:
    """A place of the flow: a block, fields that are set, or an end; reached when all gates are open."""

    kind: str
    flow_id: str
    gates: tuple[Gate, ...]
    node: Group = field(hash=False)


@dataclass(frozen=True, slots=True)
class Randomizer:
    """Parts of the flow in an order of chance, of which `show` are shown; each part is a range of stations."""

    flow_id: str
    gates: tuple[Gate, ...]
    show: int
    members: tuple[range, ...]

    @property
    def whole(self) -> range:
        """All of its stations."""
        return range(self.members[0].start, self.members[-1].stop)


@dataclass(slots=True)
class Flow:
    """Every station in order, and the randomizers around them."""

    stations: list[Station] = field(default_factory=list)
    randomizers: list[Randomizer] = field(default_factory=list)

    def block_at(self, number: int) -> str:
        """The id of the block at a station; "" where there is none."""
        station = self.stations[number]
        return word(station.node.get("ID")) if station.kind == "block" else ""

    def repeated(self) -> frozenset[str]:
        """The ids of the blocks that stand at several stations."""
        counted = Counter(self.block_at(number) for number in range(len(self.stations)))
        return frozenset(block for block, times in counted.items() if block and times > 1)


_BLOCKS = {"Block", "Standard", "Default"}
_INERT = {
    "WebService": "It called another system. Ours does so with webhooks, after the answer.",
    "Authenticator": "It asked who somebody is. Our invitations know that; what it guarded is open here.",
    "TableOfContents": "It let customers choose where to go. What it held is asked in order.",
    "SupplementalData": "It looked something up in a table of the old system.",
    "ReferenceSurvey": "It asked another survey. Import that one as well.",
    "Conjoint": "It compared made-up products. There is no such thing here.",
    "Quota": "It counted answers at this place. Ours counts complete responses.",
}


def walk_flow(source: Source, notes: Notes) -> Flow:
    """The stations of the flow. Without a flow the blocks are asked in the order of the file."""
    flow = Flow()
    if source.flow is None:
        if len(source.blocks) > 1:
            notes.simplified(source.id, "NO_FLOW", "no survey flow", "Its blocks are asked in the order of the file.")
        nodes: object = [{"Type": "Block", "ID": block_id, "FlowID": block_id} for block_id in reversed(source.blocks)]
    else:
        nodes = source.flow.get("Flow", [source.flow] if word(source.flow.get("Type")) in _BLOCKS else [])
    _walk(groups(nodes), (), flow, notes)
    return flow


def _walk(nodes: Iterable[Group], gates: tuple[Gate, ...], flow: Flow, notes: Notes) -> None:
    for node in nodes:
        kind, flow_id = word(node.get("Type")), word(node.get("FlowID")) or word(node.get("ID"))
        inner = list(groups(node.get("Flow")))
        if kind in _BLOCKS:
            flow.stations.append(Station("block", flow_id, gates, node))
        elif kind == "EmbeddedData":
            flow.stations.append(Station("fields", flow_id, gates, node))
        elif kind == "EndSurvey":
            flow.stations.append(Station("end", flow_id, gates, node))
        elif kind == "Branch":
            _walk(inner, (*gates, Branching(flow_id, group(node.get("BranchLogic")))), flow, notes)
        elif kind in {"BlockRandomizer", "Randomizer"}:
            _randomize(node, inner, gates, flow, notes)
        elif kind in {"Group", "Root"}:
            _walk(inner, gates, flow, notes)
        else:
            _say_inert(kind, flow_id, node, notes)
            _walk(inner, gates, flow, notes)


def _randomize(node: Group, inner: list[Group], gates: tuple[Gate, ...], flow: Flow, notes: Notes) -> None:
    flow_id = word(node.get("FlowID"))
    wanted = whole(node.get("SubSet"))
    show = len(inner) if wanted is None or not 1 <= wanted <= len(inner) else wanted
    members = []
    for place, one in enumerate(inner, 1):
        first = len(flow.stations)
        _walk([one], (*gates, Drawn(flow_id, place)) if show < len(inner) else gates, flow, notes)
        members.append(range(first, len(flow.stations)))
    if any(members) and len(inner) > 1:
        flow.randomizers.append(Randomizer(flow_id, gates, show, tuple(members)))


def _say_inert(kind: str, flow_id: str, node: Group, notes: Notes) -> None:
    what = " ".join(found for found in (kind, text(node.get("Description")), text(node.get("URL"))) if found)
    notes.dropped(
        flow_id, "FLOW_DROPPED", what or "nothing", _INERT.get(kind, "There is no such step here. What it held is asked in order.")
    )


def ending_quotas(station: Station) -> frozenset[str]:
    """The quotas that lead to an end of the survey when they are full, where a branch on nothing else does so."""
    branches = [gate for gate in station.gates if isinstance(gate, Branching)]
    if station.kind != "end" or not branches:
        return frozenset()
    kinds = set(re.findall(r"'LogicType': '(\w+)'", str(branches[-1].tree)))
    return frozenset(re.findall(r"\bQO_\w+", str(branches[-1].tree))) if kinds == {"Quota"} else frozenset()


def skip_rules(element: Group) -> list[Group]:
    """The skips that stand on a question of a block."""
    return [one for one in items(element.get("SkipLogic")) if isinstance(one, dict)]
