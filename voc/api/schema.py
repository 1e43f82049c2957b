"""The schema of the house: every room's types, under one Query, one Mutation and one Subscription."""

from voc.api.answers import KINDS
from voc.api.brands import BrandMutations, BrandQueries
from voc.api.briefs import BriefQueries
from voc.api.building import build
from voc.api.changes import Subscription
from voc.api.contact_changes import ContactMutations
from voc.api.customer_changes import CustomerMutations
from voc.api.customer_queries import CustomerQueries
from voc.api.delivery_boards import DeliveryMutations, DeliveryQueries
from voc.api.documents import SCALAR
from voc.api.draft_edits import DraftMutations
from voc.api.draft_news import DraftNewsMutations, DraftNewsQueries
from voc.api.dry_runs import DryRunQueries
from voc.api.entities import EntityQueries
from voc.api.experiments import ExperimentQueries
from voc.api.exposed import shape
from voc.api.funnels import FunnelQueries
from voc.api.health import HealthQueries
from voc.api.inbound_messages import InboundMessageQueries
from voc.api.inbox import TaskQueries
from voc.api.invitation_changes import InvitationMutations
from voc.api.jobs import JobMutations, JobQueries
from voc.api.kiosk_changes import KioskMutations
from voc.api.me import MeMutations, MeQueries
from voc.api.metric_queries import MetricQueries
from voc.api.nodes import NodeQueries
from voc.api.open_link_changes import OpenLinkMutations
from voc.api.open_links import OpenLinkQueries
from voc.api.outreach import OutreachQueries
from voc.api.outreach_changes import OutreachMutations
from voc.api.outreach_queries import LedgerQueries
from voc.api.policy_proposals import PolicyProposalQueries
from voc.api.previews import PreviewMutations, PreviewQueries
from voc.api.publishing import PublishQueries
from voc.api.publishing_changes import PublishMutations
from voc.api.rehearsals import RehearsalQueries
from voc.api.reminder_changes import ReminderMutations
from voc.api.response_changes import ResponseMutations
from voc.api.response_imports import ResponseImportMutations
from voc.api.response_queries import ResponseQueries
from voc.api.routes import RouteMutations, RouteQueries
from voc.api.staff import StaffQueries
from voc.api.staff_changes import StaffMutations
from voc.api.suppressions import SuppressionMutations, SuppressionQueries
from voc.api.survey_changes import SurveyMutations
from voc.api.survey_differences import SurveyDifferenceQueries
from voc.api.survey_exports import SurveyExportQueries
from voc.api.survey_flows import SurveyFlowQueries
from voc.api.survey_imports import SurveyImportMutations
from voc.api.surveys import SurveyQueries
from voc.api.suspect_answers import SuspectMutations, SuspectQueries
from voc.api.task_changes import TaskMutations
from voc.api.text_tables import TextMutations, TextQueries
from voc.api.tokens import TokenMutations, TokenQueries
from voc.api.translator_links import TranslatorLinkMutations, TranslatorLinkQueries
from voc.api.webhooks import WebhookMutations, WebhookQueries


@shape
class Query(
    NodeQueries,
    MeQueries,
    TaskQueries,
    CustomerQueries,
    BriefQueries,
    ResponseQueries,
    MetricQueries,
    ExperimentQueries,
    SurveyQueries,
    BrandQueries,
    DryRunQueries,
    PolicyProposalQueries,
    PreviewQueries,
    SurveyExportQueries,
    SurveyDifferenceQueries,
    SurveyFlowQueries,
    RehearsalQueries,
    PublishQueries,
    TextQueries,
    TranslatorLinkQueries,
    DraftNewsQueries,
    OutreachQueries,
    LedgerQueries,
    OpenLinkQueries,
    FunnelQueries,
    InboundMessageQueries,
    DeliveryQueries,
    SuspectQueries,
    SuppressionQueries,
    RouteQueries,
    StaffQueries,
    TokenQueries,
    WebhookQueries,
    JobQueries,
    HealthQueries,
    EntityQueries,  # type: ignore[misc] # made from its entities
):
    """Everything that can be read, as far as whoever asks may see it: what they may not see is not there."""


@shape
class Mutation(
    ContactMutations,
    CustomerMutations,
    ResponseMutations,
    TaskMutations,
    SurveyMutations,
    PublishMutations,
    BrandMutations,
    PreviewMutations,
    SurveyImportMutations,
    ResponseImportMutations,
    TextMutations,
    TranslatorLinkMutations,
    DraftMutations,
    DraftNewsMutations,
    OutreachMutations,
    InvitationMutations,
    DeliveryMutations,
    SuspectMutations,
    SuppressionMutations,
    ReminderMutations,
    OpenLinkMutations,
    KioskMutations,
    RouteMutations,
    StaffMutations,
    MeMutations,
    TokenMutations,
    WebhookMutations,
    JobMutations,
):
    """Everything that can be changed. Each answers with what came of it, or with a problem to mend; several run one after the other."""


schema = build(Query, Mutation, Subscription, types=KINDS, scalars=SCALAR)
