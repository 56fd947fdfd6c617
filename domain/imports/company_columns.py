"""The columns of files of companies and their deals, as CRMs call them. Decides no meaning."""

from domain.imports import cells, deal_cells
from domain.imports.column import Columns, column
from domain.imports.kinds import AccountRow, OpportunityRow

ACCOUNTS = Columns(
    AccountRow,
    ("name",),
    (
        column("name", "Account name, Name, Company name, Company, Account, Customer, Customer name", cells.name),
        column(
            "external_id",
            "Account ID, External ID, CRM ID, Record ID, Record ID - Company, Company ID, Account ID 18, ID",
            cells.identifier,
        ),
        column(
            "domain",
            "Domain, Company domain name, Website, Website URL, Account: Website, URL",
            cells.website,
        ),
        column("industry", "Industry, Sector, Vertical, Account: Industry, Primary industry", cells.industry),
        column(
            "country",
            "Country, Billing Country, Country/Region, Billing Country Code, Country code, Shipping Country, "
            "Billing Country (text only), HQ country",
            cells.country,
        ),
        column("region", "Region, Sales region, Territory region, Business region", cells.identifier),
        column("segment", "Segment, Customer segment, Account segment, Tier, Company size segment", cells.segment),
        column("products", "Products, Product, Products owned, Product line, Installed products", cells.entries),
        column("health", "Health, Account health, Customer health, Health status, RAG", cells.health),
        column("renewal_on", "Renewal date, Renewal, Next renewal, Contract end date, Contract end", cells.day),
        column("annual_revenue", "Annual revenue, ARR, Annual recurring revenue, ACV, Revenue", cells.amount),
        column(
            "owner",
            "Account Owner Email, Owner email, Account owner: Email, Company owner email, CSM email, "
            "Relationship owner, Account Owner, Account Owner: Full Name, Company owner, Owner, Owner name, "
            "Customer success manager",
            cells.short,
        ),
    ),
)

OPPORTUNITIES = Columns(
    OpportunityRow,
    ("name",),
    (
        column(
            "name",
            "Opportunity name, Deal name, Name, Opportunity, Deal, Deal title, Deal - Title, Title",
            deal_cells.name,
        ),
        column(
            "external_id",
            "Opportunity ID, Opportunity ID 18, Record ID, Record ID - Deal, Deal ID, Deal - ID, External ID, CRM ID, "
            "ID",
            deal_cells.deal_id,
        ),
        column(
            "account",
            "Account name, Account: Account Name, Associated company, Associated company (primary), Primary company, "
            "Company name, Company, Account, Customer, Organization, Deal - Organization",
            deal_cells.name,
        ),
        column(
            "account_external_id", "Account ID, Associated company IDs, Company ID, Account ID 18", cells.identifier
        ),
        column(
            "amount",
            "Amount, Opportunity amount, Deal amount, Deal value, Deal - Value, Total contract value, TCV, Value",
            cells.short,
        ),
        column(
            "currency",
            "Currency, Opportunity currency, Amount currency, Deal currency, Currency ISO code, Currency code, "
            "Deal currency code, Deal - Currency",
            deal_cells.currency,
        ),
        column("company_amount", "Amount in company currency, Amount (converted)", cells.short),
        column(
            "stage", "Stage, Deal stage, Deal - Stage, Opportunity stage, Stage name, Sales stage", deal_cells.stage
        ),
        column("status", "Status, Deal status, Deal - Status", deal_cells.stage),
        column(
            "close_on",
            "Close date, Closed date, Expected close date, Deal - Expected close date, Closing date, Close",
            cells.day,
        ),
        column(
            "opened_on", "Created date, Create date, Created on, Created, Deal created, Deal - Deal created", cells.day
        ),
        column("kind", "Type, Opportunity type, Deal type, Business type", deal_cells.deal_kind),
        column(
            "owner",
            "Owner email, Opportunity owner email, Opportunity owner: Email, Deal owner email, Opportunity owner, "
            "Opportunity owner: Full Name, Deal owner, Deal - Owner, Owner, Owner name",
            cells.short,
        ),
    ),
)
