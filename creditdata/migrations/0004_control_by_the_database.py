from django.db import migrations

from crm_portal.audit.migrations_support import append_only

# What the check constraints of a row cannot see: other rows, and the row as it was before (CRD-77-a, c, d).
PROPOSAL = """
CREATE FUNCTION creditdata_guard_proposal() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'INSERT' THEN
        IF NEW.state <> 'PROPOSED' THEN
            RAISE EXCEPTION 'A proposal begins as one.' USING ERRCODE = '42501';
        END IF;
    ELSE
        IF OLD.state <> 'PROPOSED' THEN
            RAISE EXCEPTION 'Proposal % is settled.', OLD.id USING ERRCODE = '42501';
        END IF;
        IF ROW(NEW.id, NEW.operation, NEW.licensee_id, NEW.payload_text, NEW.payload_hash, NEW.reasons,
               NEW.proposer_id, NEW.proposer_person, NEW.proposed_at, NEW.expires_at)
           IS DISTINCT FROM
           ROW(OLD.id, OLD.operation, OLD.licensee_id, OLD.payload_text, OLD.payload_hash, OLD.reasons,
               OLD.proposer_id, OLD.proposer_person, OLD.proposed_at, OLD.expires_at) THEN
            RAISE EXCEPTION 'What proposal % proposes cannot be changed.', OLD.id USING ERRCODE = '42501';
        END IF;
    END IF;
    IF NOT EXISTS (SELECT FROM creditdata_staffperson
                   WHERE user_id = NEW.proposer_id AND person = NEW.proposer_person) THEN
        RAISE EXCEPTION 'The proposer is not the person of the account.' USING ERRCODE = '42501';
    END IF;
    IF NEW.approver_id IS NOT NULL THEN
        IF NOT EXISTS (SELECT FROM creditdata_staffperson
                       WHERE user_id = NEW.approver_id AND person = NEW.approver_person) THEN
            RAISE EXCEPTION 'The approver is not the person of the account.' USING ERRCODE = '42501';
        END IF;
        IF NOT EXISTS (
            SELECT FROM creditdata_membership AS member
            WHERE member.user_id = NEW.approver_id AND member.ended_at IS NULL
              AND member.licensee_id IS NOT DISTINCT FROM NEW.licensee_id
              AND member.role = CASE WHEN NEW.licensee_id IS NULL THEN 'registrar_approver' ELSE 'licensee_approver' END
        ) THEN
            RAISE EXCEPTION 'The approver does not approve there.' USING ERRCODE = '42501';
        END IF;
    END IF;
    IF NEW.exemption_id IS NOT NULL AND NOT EXISTS (
        SELECT FROM creditdata_exemption AS exemption
        WHERE exemption.id = NEW.exemption_id AND exemption.licensee_id = NEW.licensee_id
          AND NEW.operation = ANY (exemption.operations)
          AND (NEW.decided_at AT TIME ZONE 'Asia/Jerusalem')::date
              BETWEEN exemption.valid_from AND exemption.valid_until
    ) THEN
        RAISE EXCEPTION 'No exemption in force frees from the second person.' USING ERRCODE = '42501';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER guard_proposal BEFORE INSERT OR UPDATE ON creditdata_dualcontrolproposal
    FOR EACH ROW EXECUTE FUNCTION creditdata_guard_proposal();
CREATE TRIGGER kept_proposal BEFORE DELETE ON creditdata_dualcontrolproposal
    FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER kept_proposals BEFORE TRUNCATE ON creditdata_dualcontrolproposal
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
ALTER TABLE creditdata_dualcontrolproposal ADD CONSTRAINT proposal_hash_is_of_the_text
    CHECK (payload_hash = encode(sha256(convert_to(payload_text, 'UTF8')), 'hex'));
"""
NO_PROPOSAL = """
ALTER TABLE creditdata_dualcontrolproposal DROP CONSTRAINT proposal_hash_is_of_the_text;
DROP TRIGGER kept_proposals ON creditdata_dualcontrolproposal;
DROP TRIGGER kept_proposal ON creditdata_dualcontrolproposal;
DROP TRIGGER guard_proposal ON creditdata_dualcontrolproposal;
DROP FUNCTION creditdata_guard_proposal();
"""
# A role that somebody gave was approved for exactly this account, role and licensee; an ended one stays ended.
MEMBERSHIP = """
CREATE FUNCTION creditdata_guard_membership() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE' THEN
        IF OLD.ended_at IS NOT NULL OR ROW(NEW.user_id, NEW.role, NEW.licensee_id, NEW.source_id, NEW.since,
                NEW.granted_by_id, NEW.given_by_id)
           IS DISTINCT FROM ROW(OLD.user_id, OLD.role, OLD.licensee_id, OLD.source_id, OLD.since,
                OLD.granted_by_id, OLD.given_by_id) THEN
            RAISE EXCEPTION 'A membership is ended, never changed.' USING ERRCODE = '42501';
        END IF;
        RETURN NEW;
    END IF;
    IF (NEW.granted_by_id IS NOT NULL OR NEW.given_by_id IS NOT NULL) AND NOT EXISTS (
        SELECT FROM creditdata_dualcontrolproposal AS proposal
        WHERE proposal.id = NEW.given_by_id AND proposal.state = 'EXECUTED' AND proposal.operation = 'give_role'
          AND (proposal.licensee_id IS NULL OR proposal.licensee_id = NEW.licensee_id)
          AND (proposal.payload_text::jsonb -> 'payload' ->> 'user')::bigint = NEW.user_id
          AND proposal.payload_text::jsonb -> 'payload' ->> 'role' = NEW.role
          AND (proposal.payload_text::jsonb -> 'payload' ->> 'licensee')::bigint IS NOT DISTINCT FROM NEW.licensee_id
    ) THEN
        RAISE EXCEPTION 'Nobody approved this membership.' USING ERRCODE = '42501';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER guard_membership BEFORE INSERT OR UPDATE ON creditdata_membership
    FOR EACH ROW EXECUTE FUNCTION creditdata_guard_membership();
"""
NO_MEMBERSHIP = """
DROP TRIGGER guard_membership ON creditdata_membership;
DROP FUNCTION creditdata_guard_membership();
"""
# The chain of the audit seals the event; what the log adds to it must be what the event says.
ACCESS = """
CREATE FUNCTION creditdata_guard_access() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NOT EXISTS (
        SELECT FROM audit_auditevent AS event
        WHERE event.id = NEW.event_id AND event.at = NEW.at AND event.outcome = NEW.result AND event.code = NEW.code
          AND event.after ->> 'principal' = NEW.principal AND event.after ->> 'purpose' = NEW.purpose
          AND event.after ->> 'reference' = NEW.reference AND event.after ->> 'fields' = NEW.fields_class
          AND event.after ->> 'object_type' = NEW.object_type AND event.after ->> 'object_id' = NEW.object_id
          AND (event.after ->> 'licensee')::bigint IS NOT DISTINCT FROM NEW.licensee_id
          AND (NEW.subject_hash IS NULL OR event.after -> 'subjects' ? encode(NEW.subject_hash, 'hex'))
    ) THEN
        RAISE EXCEPTION 'The access log says something else than the audit.' USING ERRCODE = '42501';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER guard_access BEFORE INSERT ON creditdata_accesslog
    FOR EACH ROW EXECUTE FUNCTION creditdata_guard_access();
"""
NO_ACCESS = """
DROP TRIGGER guard_access ON creditdata_accesslog;
DROP FUNCTION creditdata_guard_access();
"""


class Migration(migrations.Migration):
    """Two persons, compartments and the access log hold against whoever writes, by whatever way."""

    dependencies = [("creditdata", "0003_dual_control_and_access_log")]

    operations = [
        append_only("creditdata_staffperson"),
        append_only("creditdata_exemption"),
        append_only("creditdata_administeredsetting"),
        append_only("creditdata_accesslog"),
        migrations.RunSQL(PROPOSAL, NO_PROPOSAL),
        migrations.RunSQL(MEMBERSHIP, NO_MEMBERSHIP),
        migrations.RunSQL(ACCESS, NO_ACCESS),
    ]
