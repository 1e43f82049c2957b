"""The doors to CRM and contact centre: ingest, exports, webhooks and the agent brief."""
