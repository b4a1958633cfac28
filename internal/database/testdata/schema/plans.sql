SET statement_timeout = 0;
SET lock_timeout = 0;
SET idle_in_transaction_session_timeout = 0;
SET client_encoding = 'UTF8';
SET standard_conforming_strings = on;
SELECT pg_catalog.set_config('search_path', '', false);
SET check_function_bodies = false;
SET xmloption = content;
SET client_min_messages = warning;
SET row_security = off;
CREATE EXTENSION IF NOT EXISTS btree_gist WITH SCHEMA public;
COMMENT ON EXTENSION btree_gist IS 'support for indexing common datatypes in GiST';
CREATE EXTENSION IF NOT EXISTS pg_trgm WITH SCHEMA public;
COMMENT ON EXTENSION pg_trgm IS 'text similarity measurement and index searching based on trigrams';
CREATE EXTENSION IF NOT EXISTS unaccent WITH SCHEMA public;
COMMENT ON EXTENSION unaccent IS 'text search dictionary that removes accents';
CREATE FUNCTION public.fold(t text) RETURNS text
    LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
    RETURN lower(public.unaccent('public.unaccent'::regdictionary, NORMALIZE(t, NFC)));
CREATE FUNCTION public.refuse_change() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
begin
    raise exception '% only grows', tg_table_name using errcode = 'restrict_violation';
end
$$;
CREATE FUNCTION public.task_text_is_frozen() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
begin
    if exists (select from campaign where id = old.campaign_id and tasks_frozen_at is not null) then
        raise exception 'task texts are frozen since the first plan was accepted'
            using constraint = 'task_text_frozen', errcode = 'check_violation';
    end if;
    return coalesce(new, old);
end
$$;
SET default_tablespace = '';
SET default_table_access_method = heap;
CREATE TABLE public.activity (
    id bigint NOT NULL,
    submission_id bigint NOT NULL,
    task_no integer NOT NULL,
    seq integer NOT NULL,
    code text GENERATED ALWAYS AS ((((task_no)::text || '.'::text) || (seq)::text)) STORED NOT NULL,
    sent boolean DEFAULT false NOT NULL
);
CREATE TABLE public.activity_counter (
    submission_id bigint NOT NULL,
    task_no integer NOT NULL,
    last_seq integer NOT NULL
);
CREATE TABLE public.activity_fact (
    activity_id bigint NOT NULL,
    version_id bigint NOT NULL,
    campaign_id bigint NOT NULL,
    unit_id bigint NOT NULL,
    task_no integer NOT NULL,
    "position" integer NOT NULL,
    code text NOT NULL,
    title text NOT NULL,
    product text NOT NULL,
    start_on date NOT NULL,
    due_on date NOT NULL,
    span_kind text NOT NULL,
    uom text DEFAULT ''::text NOT NULL,
    baseline numeric,
    target numeric,
    evidence_required boolean NOT NULL,
    stopped_reason text DEFAULT ''::text NOT NULL,
    title_fold text GENERATED ALWAYS AS (public.fold(((title || ' '::text) || product))) STORED NOT NULL,
    CONSTRAINT activity_fact_dates CHECK ((start_on <= due_on))
);
ALTER TABLE public.activity ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.activity_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.activity_partner (
    activity_id bigint NOT NULL,
    unit_id bigint NOT NULL
);
CREATE TABLE public.append_only (
    name text NOT NULL
);
CREATE TABLE public.assignment (
    id bigint NOT NULL,
    activity_id bigint NOT NULL,
    person_id bigint NOT NULL,
    kind text NOT NULL,
    valid tstzrange NOT NULL,
    CONSTRAINT assignment_kind_check CHECK ((kind = ANY (ARRAY['owner'::text, 'deputy'::text])))
);
ALTER TABLE public.assignment ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.assignment_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.audit (
    year integer NOT NULL,
    subject text NOT NULL,
    seq bigint NOT NULL,
    at timestamp with time zone NOT NULL,
    recorded_at timestamp with time zone NOT NULL,
    person_id bigint,
    person text NOT NULL,
    authority text NOT NULL,
    from_addr text NOT NULL,
    action text NOT NULL,
    before jsonb,
    after jsonb,
    version_id bigint,
    prev bytea NOT NULL,
    content bytea NOT NULL,
    hash bytea NOT NULL
)
PARTITION BY RANGE (year);
CREATE TABLE public.audit_2020 (
    year integer NOT NULL,
    subject text NOT NULL,
    seq bigint NOT NULL,
    at timestamp with time zone NOT NULL,
    recorded_at timestamp with time zone NOT NULL,
    person_id bigint,
    person text NOT NULL,
    authority text NOT NULL,
    from_addr text NOT NULL,
    action text NOT NULL,
    before jsonb,
    after jsonb,
    version_id bigint,
    prev bytea NOT NULL,
    content bytea NOT NULL,
    hash bytea NOT NULL
);
CREATE TABLE public.audit_2021 (
    year integer NOT NULL,
    subject text NOT NULL,
    seq bigint NOT NULL,
    at timestamp with time zone NOT NULL,
    recorded_at timestamp with time zone NOT NULL,
    person_id bigint,
    person text NOT NULL,
    authority text NOT NULL,
    from_addr text NOT NULL,
    action text NOT NULL,
    before jsonb,
    after jsonb,
    version_id bigint,
    prev bytea NOT NULL,
    content bytea NOT NULL,
    hash bytea NOT NULL
);
CREATE TABLE public.audit_2022 (
    year integer NOT NULL,
    subject text NOT NULL,
    seq bigint NOT NULL,
    at timestamp with time zone NOT NULL,
    recorded_at timestamp with time zone NOT NULL,
    person_id bigint,
    person text NOT NULL,
    authority text NOT NULL,
    from_addr text NOT NULL,
    action text NOT NULL,
    before jsonb,
    after jsonb,
    version_id bigint,
    prev bytea NOT NULL,
    content bytea NOT NULL,
    hash bytea NOT NULL
);
CREATE TABLE public.audit_2023 (
    year integer NOT NULL,
    subject text NOT NULL,
    seq bigint NOT NULL,
    at timestamp with time zone NOT NULL,
    recorded_at timestamp with time zone NOT NULL,
    person_id bigint,
    person text NOT NULL,
    authority text NOT NULL,
    from_addr text NOT NULL,
    action text NOT NULL,
    before jsonb,
    after jsonb,
    version_id bigint,
    prev bytea NOT NULL,
    content bytea NOT NULL,
    hash bytea NOT NULL
);
CREATE TABLE public.audit_2024 (
    year integer NOT NULL,
    subject text NOT NULL,
    seq bigint NOT NULL,
    at timestamp with time zone NOT NULL,
    recorded_at timestamp with time zone NOT NULL,
    person_id bigint,
    person text NOT NULL,
    authority text NOT NULL,
    from_addr text NOT NULL,
    action text NOT NULL,
    before jsonb,
    after jsonb,
    version_id bigint,
    prev bytea NOT NULL,
    content bytea NOT NULL,
    hash bytea NOT NULL
);
CREATE TABLE public.audit_2025 (
    year integer NOT NULL,
    subject text NOT NULL,
    seq bigint NOT NULL,
    at timestamp with time zone NOT NULL,
    recorded_at timestamp with time zone NOT NULL,
    person_id bigint,
    person text NOT NULL,
    authority text NOT NULL,
    from_addr text NOT NULL,
    action text NOT NULL,
    before jsonb,
    after jsonb,
    version_id bigint,
    prev bytea NOT NULL,
    content bytea NOT NULL,
    hash bytea NOT NULL
);
CREATE TABLE public.audit_2026 (
    year integer NOT NULL,
    subject text NOT NULL,
    seq bigint NOT NULL,
    at timestamp with time zone NOT NULL,
    recorded_at timestamp with time zone NOT NULL,
    person_id bigint,
    person text NOT NULL,
    authority text NOT NULL,
    from_addr text NOT NULL,
    action text NOT NULL,
    before jsonb,
    after jsonb,
    version_id bigint,
    prev bytea NOT NULL,
    content bytea NOT NULL,
    hash bytea NOT NULL
);
CREATE TABLE public.audit_2027 (
    year integer NOT NULL,
    subject text NOT NULL,
    seq bigint NOT NULL,
    at timestamp with time zone NOT NULL,
    recorded_at timestamp with time zone NOT NULL,
    person_id bigint,
    person text NOT NULL,
    authority text NOT NULL,
    from_addr text NOT NULL,
    action text NOT NULL,
    before jsonb,
    after jsonb,
    version_id bigint,
    prev bytea NOT NULL,
    content bytea NOT NULL,
    hash bytea NOT NULL
);
CREATE TABLE public.audit_2028 (
    year integer NOT NULL,
    subject text NOT NULL,
    seq bigint NOT NULL,
    at timestamp with time zone NOT NULL,
    recorded_at timestamp with time zone NOT NULL,
    person_id bigint,
    person text NOT NULL,
    authority text NOT NULL,
    from_addr text NOT NULL,
    action text NOT NULL,
    before jsonb,
    after jsonb,
    version_id bigint,
    prev bytea NOT NULL,
    content bytea NOT NULL,
    hash bytea NOT NULL
);
CREATE TABLE public.audit_2029 (
    year integer NOT NULL,
    subject text NOT NULL,
    seq bigint NOT NULL,
    at timestamp with time zone NOT NULL,
    recorded_at timestamp with time zone NOT NULL,
    person_id bigint,
    person text NOT NULL,
    authority text NOT NULL,
    from_addr text NOT NULL,
    action text NOT NULL,
    before jsonb,
    after jsonb,
    version_id bigint,
    prev bytea NOT NULL,
    content bytea NOT NULL,
    hash bytea NOT NULL
);
CREATE TABLE public.audit_2030 (
    year integer NOT NULL,
    subject text NOT NULL,
    seq bigint NOT NULL,
    at timestamp with time zone NOT NULL,
    recorded_at timestamp with time zone NOT NULL,
    person_id bigint,
    person text NOT NULL,
    authority text NOT NULL,
    from_addr text NOT NULL,
    action text NOT NULL,
    before jsonb,
    after jsonb,
    version_id bigint,
    prev bytea NOT NULL,
    content bytea NOT NULL,
    hash bytea NOT NULL
);
CREATE TABLE public.audit_2031 (
    year integer NOT NULL,
    subject text NOT NULL,
    seq bigint NOT NULL,
    at timestamp with time zone NOT NULL,
    recorded_at timestamp with time zone NOT NULL,
    person_id bigint,
    person text NOT NULL,
    authority text NOT NULL,
    from_addr text NOT NULL,
    action text NOT NULL,
    before jsonb,
    after jsonb,
    version_id bigint,
    prev bytea NOT NULL,
    content bytea NOT NULL,
    hash bytea NOT NULL
);
CREATE TABLE public.audit_2032 (
    year integer NOT NULL,
    subject text NOT NULL,
    seq bigint NOT NULL,
    at timestamp with time zone NOT NULL,
    recorded_at timestamp with time zone NOT NULL,
    person_id bigint,
    person text NOT NULL,
    authority text NOT NULL,
    from_addr text NOT NULL,
    action text NOT NULL,
    before jsonb,
    after jsonb,
    version_id bigint,
    prev bytea NOT NULL,
    content bytea NOT NULL,
    hash bytea NOT NULL
);
CREATE TABLE public.audit_2033 (
    year integer NOT NULL,
    subject text NOT NULL,
    seq bigint NOT NULL,
    at timestamp with time zone NOT NULL,
    recorded_at timestamp with time zone NOT NULL,
    person_id bigint,
    person text NOT NULL,
    authority text NOT NULL,
    from_addr text NOT NULL,
    action text NOT NULL,
    before jsonb,
    after jsonb,
    version_id bigint,
    prev bytea NOT NULL,
    content bytea NOT NULL,
    hash bytea NOT NULL
);
CREATE TABLE public.audit_2034 (
    year integer NOT NULL,
    subject text NOT NULL,
    seq bigint NOT NULL,
    at timestamp with time zone NOT NULL,
    recorded_at timestamp with time zone NOT NULL,
    person_id bigint,
    person text NOT NULL,
    authority text NOT NULL,
    from_addr text NOT NULL,
    action text NOT NULL,
    before jsonb,
    after jsonb,
    version_id bigint,
    prev bytea NOT NULL,
    content bytea NOT NULL,
    hash bytea NOT NULL
);
CREATE TABLE public.audit_2035 (
    year integer NOT NULL,
    subject text NOT NULL,
    seq bigint NOT NULL,
    at timestamp with time zone NOT NULL,
    recorded_at timestamp with time zone NOT NULL,
    person_id bigint,
    person text NOT NULL,
    authority text NOT NULL,
    from_addr text NOT NULL,
    action text NOT NULL,
    before jsonb,
    after jsonb,
    version_id bigint,
    prev bytea NOT NULL,
    content bytea NOT NULL,
    hash bytea NOT NULL
);
CREATE TABLE public.audit_2036 (
    year integer NOT NULL,
    subject text NOT NULL,
    seq bigint NOT NULL,
    at timestamp with time zone NOT NULL,
    recorded_at timestamp with time zone NOT NULL,
    person_id bigint,
    person text NOT NULL,
    authority text NOT NULL,
    from_addr text NOT NULL,
    action text NOT NULL,
    before jsonb,
    after jsonb,
    version_id bigint,
    prev bytea NOT NULL,
    content bytea NOT NULL,
    hash bytea NOT NULL
);
CREATE TABLE public.audit_2037 (
    year integer NOT NULL,
    subject text NOT NULL,
    seq bigint NOT NULL,
    at timestamp with time zone NOT NULL,
    recorded_at timestamp with time zone NOT NULL,
    person_id bigint,
    person text NOT NULL,
    authority text NOT NULL,
    from_addr text NOT NULL,
    action text NOT NULL,
    before jsonb,
    after jsonb,
    version_id bigint,
    prev bytea NOT NULL,
    content bytea NOT NULL,
    hash bytea NOT NULL
);
CREATE TABLE public.audit_2038 (
    year integer NOT NULL,
    subject text NOT NULL,
    seq bigint NOT NULL,
    at timestamp with time zone NOT NULL,
    recorded_at timestamp with time zone NOT NULL,
    person_id bigint,
    person text NOT NULL,
    authority text NOT NULL,
    from_addr text NOT NULL,
    action text NOT NULL,
    before jsonb,
    after jsonb,
    version_id bigint,
    prev bytea NOT NULL,
    content bytea NOT NULL,
    hash bytea NOT NULL
);
CREATE TABLE public.audit_2039 (
    year integer NOT NULL,
    subject text NOT NULL,
    seq bigint NOT NULL,
    at timestamp with time zone NOT NULL,
    recorded_at timestamp with time zone NOT NULL,
    person_id bigint,
    person text NOT NULL,
    authority text NOT NULL,
    from_addr text NOT NULL,
    action text NOT NULL,
    before jsonb,
    after jsonb,
    version_id bigint,
    prev bytea NOT NULL,
    content bytea NOT NULL,
    hash bytea NOT NULL
);
CREATE TABLE public.audit_2040 (
    year integer NOT NULL,
    subject text NOT NULL,
    seq bigint NOT NULL,
    at timestamp with time zone NOT NULL,
    recorded_at timestamp with time zone NOT NULL,
    person_id bigint,
    person text NOT NULL,
    authority text NOT NULL,
    from_addr text NOT NULL,
    action text NOT NULL,
    before jsonb,
    after jsonb,
    version_id bigint,
    prev bytea NOT NULL,
    content bytea NOT NULL,
    hash bytea NOT NULL
);
CREATE TABLE public.audit_2041 (
    year integer NOT NULL,
    subject text NOT NULL,
    seq bigint NOT NULL,
    at timestamp with time zone NOT NULL,
    recorded_at timestamp with time zone NOT NULL,
    person_id bigint,
    person text NOT NULL,
    authority text NOT NULL,
    from_addr text NOT NULL,
    action text NOT NULL,
    before jsonb,
    after jsonb,
    version_id bigint,
    prev bytea NOT NULL,
    content bytea NOT NULL,
    hash bytea NOT NULL
);
CREATE TABLE public.audit_2042 (
    year integer NOT NULL,
    subject text NOT NULL,
    seq bigint NOT NULL,
    at timestamp with time zone NOT NULL,
    recorded_at timestamp with time zone NOT NULL,
    person_id bigint,
    person text NOT NULL,
    authority text NOT NULL,
    from_addr text NOT NULL,
    action text NOT NULL,
    before jsonb,
    after jsonb,
    version_id bigint,
    prev bytea NOT NULL,
    content bytea NOT NULL,
    hash bytea NOT NULL
);
CREATE TABLE public.audit_2043 (
    year integer NOT NULL,
    subject text NOT NULL,
    seq bigint NOT NULL,
    at timestamp with time zone NOT NULL,
    recorded_at timestamp with time zone NOT NULL,
    person_id bigint,
    person text NOT NULL,
    authority text NOT NULL,
    from_addr text NOT NULL,
    action text NOT NULL,
    before jsonb,
    after jsonb,
    version_id bigint,
    prev bytea NOT NULL,
    content bytea NOT NULL,
    hash bytea NOT NULL
);
CREATE TABLE public.audit_2044 (
    year integer NOT NULL,
    subject text NOT NULL,
    seq bigint NOT NULL,
    at timestamp with time zone NOT NULL,
    recorded_at timestamp with time zone NOT NULL,
    person_id bigint,
    person text NOT NULL,
    authority text NOT NULL,
    from_addr text NOT NULL,
    action text NOT NULL,
    before jsonb,
    after jsonb,
    version_id bigint,
    prev bytea NOT NULL,
    content bytea NOT NULL,
    hash bytea NOT NULL
);
CREATE TABLE public.audit_2045 (
    year integer NOT NULL,
    subject text NOT NULL,
    seq bigint NOT NULL,
    at timestamp with time zone NOT NULL,
    recorded_at timestamp with time zone NOT NULL,
    person_id bigint,
    person text NOT NULL,
    authority text NOT NULL,
    from_addr text NOT NULL,
    action text NOT NULL,
    before jsonb,
    after jsonb,
    version_id bigint,
    prev bytea NOT NULL,
    content bytea NOT NULL,
    hash bytea NOT NULL
);
CREATE TABLE public.audit_head (
    subject text NOT NULL,
    seq bigint NOT NULL,
    prev bytea NOT NULL,
    hash bytea NOT NULL,
    sealed bigint DEFAULT 0 NOT NULL
);
CREATE TABLE public.audit_other (
    year integer NOT NULL,
    subject text NOT NULL,
    seq bigint NOT NULL,
    at timestamp with time zone NOT NULL,
    recorded_at timestamp with time zone NOT NULL,
    person_id bigint,
    person text NOT NULL,
    authority text NOT NULL,
    from_addr text NOT NULL,
    action text NOT NULL,
    before jsonb,
    after jsonb,
    version_id bigint,
    prev bytea NOT NULL,
    content bytea NOT NULL,
    hash bytea NOT NULL
);
CREATE TABLE public.audit_seal (
    no bigint NOT NULL,
    at timestamp with time zone NOT NULL,
    heads integer NOT NULL,
    root bytea NOT NULL,
    prev bytea NOT NULL,
    hash bytea NOT NULL
);
CREATE TABLE public.audit_seal_head (
    no bigint NOT NULL,
    subject text NOT NULL,
    seq bigint NOT NULL,
    hash bytea NOT NULL
);
CREATE TABLE public.campaign (
    id bigint NOT NULL,
    year integer NOT NULL,
    lead_unit bigint NOT NULL,
    directive text NOT NULL,
    active daterange NOT NULL,
    tasks_frozen_at timestamp with time zone,
    CONSTRAINT campaign_year_check CHECK (((year >= 2000) AND (year <= 2100)))
);
ALTER TABLE public.campaign ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.campaign_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.credential (
    person_id bigint NOT NULL,
    username text NOT NULL,
    hash text NOT NULL,
    must_change boolean DEFAULT true NOT NULL,
    exempt boolean DEFAULT false NOT NULL,
    totp_secret text DEFAULT ''::text NOT NULL,
    last_step bigint DEFAULT 0 NOT NULL,
    changed_at timestamp with time zone NOT NULL,
    CONSTRAINT credential_username_check CHECK (((username = lower(username)) AND (username <> ''::text)))
);
CREATE TABLE public.deadline (
    period_id bigint NOT NULL,
    unit_kind text NOT NULL,
    due_before timestamp with time zone NOT NULL
);
CREATE TABLE public.document_ref (
    id bigint NOT NULL,
    issuer_id bigint NOT NULL,
    year integer NOT NULL,
    symbol text NOT NULL,
    number integer NOT NULL,
    suffix text DEFAULT ''::text NOT NULL,
    issued_on date NOT NULL,
    subject text NOT NULL,
    signer text NOT NULL,
    capacity text NOT NULL,
    CONSTRAINT document_ref_number_check CHECK ((number > 0))
);
ALTER TABLE public.document_ref ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.document_ref_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.doubt (
    submission_id bigint NOT NULL,
    code text NOT NULL,
    fingerprint text NOT NULL,
    answer text NOT NULL,
    by_person bigint NOT NULL,
    by_name text NOT NULL,
    at timestamp with time zone NOT NULL,
    CONSTRAINT doubt_answer_check CHECK ((answer <> ''::text))
);
CREATE TABLE public.extension (
    id bigint NOT NULL,
    period_id bigint NOT NULL,
    unit_id bigint NOT NULL,
    due_before timestamp with time zone NOT NULL,
    reason text NOT NULL,
    by_person bigint NOT NULL,
    at timestamp with time zone NOT NULL,
    CONSTRAINT extension_reason_check CHECK ((length(reason) >= 10))
);
ALTER TABLE public.extension ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.extension_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.file (
    sha256 bytea NOT NULL,
    size bigint NOT NULL,
    type text NOT NULL,
    at timestamp with time zone NOT NULL,
    CONSTRAINT file_sha256_check CHECK ((length(sha256) = 32)),
    CONSTRAINT file_size_check CHECK ((size > 0))
);
CREATE TABLE public.goose_db_version (
    id integer NOT NULL,
    version_id bigint NOT NULL,
    is_applied boolean NOT NULL,
    tstamp timestamp without time zone DEFAULT now() NOT NULL
);
ALTER TABLE public.goose_db_version ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.goose_db_version_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.holiday (
    day date NOT NULL,
    name text NOT NULL,
    kind text NOT NULL
);
CREATE TABLE public.idempotency (
    person_id bigint NOT NULL,
    key text NOT NULL,
    body_sha bytea NOT NULL,
    result text NOT NULL,
    at timestamp with time zone NOT NULL,
    CONSTRAINT idempotency_key_check CHECK (((length(key) >= 16) AND (length(key) <= 64)))
);
CREATE TABLE public.installation (
    one boolean DEFAULT true NOT NULL,
    mode text DEFAULT 'empty'::text NOT NULL,
    seal_key bytea NOT NULL,
    demo_clock timestamp with time zone,
    demo_beat timestamp with time zone,
    CONSTRAINT installation_demo_beat_matches_clock CHECK (((demo_clock IS NULL) = (demo_beat IS NULL))),
    CONSTRAINT installation_demo_clock_matches_mode CHECK (((mode = 'demo'::text) = (demo_clock IS NOT NULL))),
    CONSTRAINT installation_mode_check CHECK ((mode = ANY (ARRAY['empty'::text, 'demo'::text, 'real'::text]))),
    CONSTRAINT installation_one_check CHECK (one)
);
CREATE TABLE public.membership (
    id bigint NOT NULL,
    person_id bigint NOT NULL,
    unit_id bigint NOT NULL,
    role text NOT NULL,
    valid daterange NOT NULL,
    CONSTRAINT membership_role_check CHECK ((role = ANY (ARRAY['staff'::text, 'unit_leader'::text, 'reviewer'::text, 'consolidator'::text, 'leadership'::text, 'observer'::text, 'admin'::text]))),
    CONSTRAINT membership_valid_not_empty CHECK ((NOT isempty(valid)))
);
ALTER TABLE public.membership ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.membership_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.notice (
    id bigint NOT NULL,
    person_id bigint NOT NULL,
    at timestamp with time zone NOT NULL,
    subject text NOT NULL,
    body text NOT NULL,
    read_at timestamp with time zone
);
ALTER TABLE public.notice ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.notice_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.parked_post (
    id uuid NOT NULL,
    person_id bigint NOT NULL,
    path text NOT NULL,
    label text NOT NULL,
    why text NOT NULL,
    had_files boolean DEFAULT false NOT NULL,
    sealed bytea NOT NULL,
    at timestamp with time zone NOT NULL,
    kept_at timestamp with time zone NOT NULL,
    CONSTRAINT parked_post_sealed_check CHECK ((length(sealed) <= 400000)),
    CONSTRAINT parked_post_why_check CHECK ((why = ANY (ARRAY['session'::text, 'rights'::text, 'conflict'::text, 'failure'::text])))
);
CREATE TABLE public.part (
    submission_id bigint NOT NULL,
    key text NOT NULL,
    revision integer NOT NULL,
    content jsonb NOT NULL,
    saved_by bigint,
    saved_at timestamp with time zone NOT NULL,
    autosave boolean DEFAULT false NOT NULL,
    CONSTRAINT part_content_is_flat CHECK ((jsonb_typeof(content) = 'object'::text)),
    CONSTRAINT part_key_check CHECK ((key ~ '^[a-z_]+(/[A-Za-z0-9._-]+)?$'::text))
);
CREATE TABLE public.part_history (
    id bigint NOT NULL,
    submission_id bigint NOT NULL,
    key text NOT NULL,
    revision integer NOT NULL,
    content jsonb NOT NULL,
    saved_by bigint,
    saved_at timestamp with time zone NOT NULL,
    replaced_by bigint,
    replaced_at timestamp with time zone NOT NULL,
    why text NOT NULL,
    CONSTRAINT part_history_why_check CHECK ((why = ANY (ARRAY['edited'::text, 'deleted'::text, 'discarded'::text, 'restored'::text])))
);
ALTER TABLE public.part_history ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.part_history_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.period (
    id bigint NOT NULL,
    campaign_id bigint NOT NULL,
    kind text NOT NULL,
    slug text NOT NULL,
    name text NOT NULL,
    opens_on date NOT NULL,
    data daterange,
    cumulative boolean DEFAULT false NOT NULL,
    trues_up bigint,
    closed_at timestamp with time zone,
    closed_why text DEFAULT ''::text NOT NULL,
    CONSTRAINT period_kind_check CHECK ((kind = ANY (ARRAY['plan'::text, 'report'::text, 'evaluation'::text]))),
    CONSTRAINT period_report_has_data CHECK (((kind = 'report'::text) = (data IS NOT NULL)))
);
ALTER TABLE public.period ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.period_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.person (
    id bigint NOT NULL,
    name text NOT NULL,
    name_sort text NOT NULL,
    title text DEFAULT ''::text NOT NULL,
    email text DEFAULT ''::text NOT NULL,
    active boolean DEFAULT true NOT NULL,
    name_fold text GENERATED ALWAYS AS (public.fold(name)) STORED NOT NULL,
    CONSTRAINT person_name_check CHECK ((name <> ''::text))
);
ALTER TABLE public.person ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.person_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.person_session (
    id bigint NOT NULL,
    public_id uuid DEFAULT gen_random_uuid() NOT NULL,
    person_id bigint NOT NULL,
    began_at timestamp with time zone NOT NULL,
    seen_at timestamp with time zone NOT NULL,
    ends_at timestamp with time zone NOT NULL,
    ended_at timestamp with time zone,
    from_addr text NOT NULL,
    agent text NOT NULL
);
ALTER TABLE public.person_session ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.person_session_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.progress (
    id bigint NOT NULL,
    activity_id bigint NOT NULL,
    as_of date NOT NULL,
    percent numeric,
    value numeric,
    note text DEFAULT ''::text NOT NULL,
    by_person bigint NOT NULL,
    by_name text NOT NULL,
    at timestamp with time zone NOT NULL,
    replaces bigint,
    CONSTRAINT progress_percent_check CHECK (((percent >= (0)::numeric) AND (percent <= (100)::numeric))),
    CONSTRAINT progress_percent_or_value CHECK (((percent IS NULL) <> (value IS NULL)))
);
CREATE TABLE public.progress_file (
    progress_id bigint NOT NULL,
    file_sha bytea NOT NULL,
    name text NOT NULL
);
ALTER TABLE public.progress ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.progress_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.remark (
    id bigint NOT NULL,
    submission_id bigint NOT NULL,
    version_id bigint NOT NULL,
    part_key text DEFAULT ''::text NOT NULL,
    field text DEFAULT ''::text NOT NULL,
    old_text text DEFAULT ''::text NOT NULL,
    by_person bigint NOT NULL,
    by_name text NOT NULL,
    body text NOT NULL,
    made_at timestamp with time zone NOT NULL,
    sent_at timestamp with time zone,
    answer text DEFAULT ''::text NOT NULL,
    answer_rev integer DEFAULT 1 NOT NULL,
    answered_by bigint,
    answered_name text DEFAULT ''::text NOT NULL,
    answered_at timestamp with time zone,
    resolved_by bigint,
    resolved_name text DEFAULT ''::text NOT NULL,
    resolved_at timestamp with time zone,
    CONSTRAINT remark_answer_matches CHECK (((answer = ''::text) = (answered_at IS NULL))),
    CONSTRAINT remark_body_check CHECK ((body <> ''::text)),
    CONSTRAINT remark_resolved_matches CHECK (((resolved_by IS NULL) = (resolved_at IS NULL)))
);
ALTER TABLE public.remark ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.remark_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.request (
    id bigint NOT NULL,
    submission_id bigint NOT NULL,
    kind text NOT NULL,
    reason text NOT NULL,
    by_person bigint NOT NULL,
    by_name text NOT NULL,
    at timestamp with time zone NOT NULL,
    outcome text DEFAULT 'open'::text NOT NULL,
    answer text DEFAULT ''::text NOT NULL,
    closed_by bigint,
    closed_name text DEFAULT ''::text NOT NULL,
    closed_at timestamp with time zone,
    CONSTRAINT request_closed_matches CHECK (((outcome = 'open'::text) = (closed_at IS NULL))),
    CONSTRAINT request_kind_check CHECK ((kind = ANY (ARRAY['reopen'::text, 'extension'::text, 'explain'::text]))),
    CONSTRAINT request_outcome_check CHECK ((outcome = ANY (ARRAY['open'::text, 'granted'::text, 'refused'::text, 'dropped'::text]))),
    CONSTRAINT request_reason_check CHECK ((length(reason) >= 10))
);
ALTER TABLE public.request ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.request_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.roster (
    campaign_id bigint NOT NULL,
    unit_id bigint NOT NULL,
    unit_version_id bigint NOT NULL,
    reports_to bigint NOT NULL,
    "position" integer NOT NULL,
    valid daterange NOT NULL,
    reason text DEFAULT ''::text NOT NULL,
    direct_submit boolean DEFAULT false NOT NULL,
    CONSTRAINT roster_valid_not_empty CHECK ((NOT isempty(valid)))
);
CREATE TABLE public.sessions (
    token text NOT NULL,
    data bytea NOT NULL,
    expiry timestamp with time zone NOT NULL
);
CREATE TABLE public.sign_in_failure (
    key text NOT NULL,
    failures integer NOT NULL,
    last_at timestamp with time zone NOT NULL,
    until timestamp with time zone NOT NULL
);
CREATE TABLE public.submission (
    id bigint NOT NULL,
    period_id bigint NOT NULL,
    unit_id bigint NOT NULL,
    state text DEFAULT 'draft'::text NOT NULL,
    revision integer DEFAULT 1 NOT NULL,
    in_force bigint,
    state_by bigint,
    state_at timestamp with time zone NOT NULL,
    state_why text DEFAULT ''::text NOT NULL,
    amended_by bigint,
    CONSTRAINT submission_accepted_is_in_force CHECK (((state <> 'accepted'::text) OR (in_force IS NOT NULL))),
    CONSTRAINT submission_state_check CHECK ((state = ANY (ARRAY['draft'::text, 'awaiting_signoff'::text, 'submitted'::text, 'returned'::text, 'accepted'::text])))
);
ALTER TABLE public.submission ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.submission_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.task (
    campaign_id bigint NOT NULL,
    no integer NOT NULL,
    short text NOT NULL,
    title text NOT NULL,
    CONSTRAINT task_no_check CHECK (((no >= 0) AND (no <= 99)))
);
CREATE TABLE public.task_scope_fact (
    campaign_id bigint NOT NULL,
    unit_id bigint NOT NULL,
    task_no integer NOT NULL,
    kind text NOT NULL,
    reason text NOT NULL,
    CONSTRAINT task_scope_fact_kind_check CHECK ((kind = ANY (ARRAY['not_applicable'::text, 'nil'::text])))
);
CREATE TABLE public.task_supplement (
    id bigint NOT NULL,
    campaign_id bigint NOT NULL,
    task_no integer NOT NULL,
    on_date date NOT NULL,
    body text NOT NULL,
    basis text NOT NULL
);
ALTER TABLE public.task_supplement ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.task_supplement_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.unit (
    id bigint NOT NULL,
    slug text NOT NULL,
    CONSTRAINT unit_slug_check CHECK ((slug ~ '^[a-z0-9]+(-[a-z0-9]+)*$'::text))
);
ALTER TABLE public.unit ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.unit_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.unit_lineage (
    from_unit bigint NOT NULL,
    to_unit bigint,
    kind text NOT NULL,
    on_date date NOT NULL,
    basis text NOT NULL,
    CONSTRAINT unit_lineage_abolish_has_no_successor CHECK (((kind = 'abolish'::text) = (to_unit IS NULL))),
    CONSTRAINT unit_lineage_kind_check CHECK ((kind = ANY (ARRAY['rename'::text, 'merge'::text, 'split'::text, 'abolish'::text])))
);
CREATE TABLE public.unit_version (
    id bigint NOT NULL,
    unit_id bigint NOT NULL,
    valid daterange NOT NULL,
    code text NOT NULL,
    name text NOT NULL,
    short text NOT NULL,
    symbol text NOT NULL,
    place text NOT NULL,
    kind text NOT NULL,
    parent_id bigint,
    header_parent text DEFAULT ''::text NOT NULL,
    basis text DEFAULT ''::text NOT NULL,
    name_fold text GENERATED ALWAYS AS (public.fold(((name || ' '::text) || short))) STORED NOT NULL,
    CONSTRAINT unit_version_kind_check CHECK ((kind = ANY (ARRAY['province'::text, 'department'::text, 'district'::text, 'commune'::text, 'coordinating_body'::text]))),
    CONSTRAINT unit_version_name_check CHECK ((name <> ''::text)),
    CONSTRAINT unit_version_short_check CHECK ((short <> ''::text)),
    CONSTRAINT unit_version_valid_not_empty CHECK ((NOT isempty(valid)))
);
ALTER TABLE public.unit_version ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.unit_version_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.version (
    id bigint NOT NULL,
    submission_id bigint NOT NULL,
    no integer NOT NULL,
    content bytea NOT NULL,
    sha256 bytea NOT NULL,
    sent_by bigint NOT NULL,
    sent_by_name text NOT NULL,
    authority text NOT NULL,
    document_ref_id bigint,
    due_before timestamp with time zone NOT NULL,
    sent_at timestamp with time zone NOT NULL,
    CONSTRAINT version_check CHECK ((sha256(content) = sha256))
);
CREATE TABLE public.version_author (
    version_id bigint NOT NULL,
    person_id bigint NOT NULL
);
CREATE TABLE public.version_file (
    id bigint NOT NULL,
    version_id bigint NOT NULL,
    file_sha bytea NOT NULL,
    name text NOT NULL,
    by_person bigint NOT NULL,
    at timestamp with time zone NOT NULL
);
ALTER TABLE public.version_file ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.version_file_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
ALTER TABLE public.version ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.version_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.version_outcome (
    version_id bigint NOT NULL,
    submission_id bigint NOT NULL,
    outcome text DEFAULT 'pending'::text NOT NULL,
    decided_by bigint,
    decided_name text DEFAULT ''::text NOT NULL,
    decided_at timestamp with time zone,
    reason text DEFAULT ''::text NOT NULL,
    ended_at timestamp with time zone,
    ended_why text DEFAULT ''::text NOT NULL,
    ended_reason text DEFAULT ''::text NOT NULL,
    reopened_at timestamp with time zone,
    reopened_by bigint,
    reopened_why text DEFAULT ''::text NOT NULL,
    CONSTRAINT version_outcome_decided_matches CHECK (((outcome = 'pending'::text) = (decided_at IS NULL))),
    CONSTRAINT version_outcome_ended_matches CHECK (((ended_at IS NULL) = (ended_why = ''::text))),
    CONSTRAINT version_outcome_ended_why_check CHECK ((ended_why = ANY (ARRAY[''::text, 'superseded'::text, 'withdrawn'::text]))),
    CONSTRAINT version_outcome_outcome_check CHECK ((outcome = ANY (ARRAY['pending'::text, 'recalled'::text, 'returned'::text, 'accepted'::text])))
);
CREATE TABLE public.version_read (
    version_id bigint NOT NULL,
    person_id bigint NOT NULL,
    at timestamp with time zone NOT NULL,
    decides boolean NOT NULL
);
CREATE TABLE public.working_author (
    submission_id bigint NOT NULL,
    person_id bigint NOT NULL
);
ALTER TABLE ONLY public.audit ATTACH PARTITION public.audit_2020 FOR VALUES FROM (2020) TO (2021);
ALTER TABLE ONLY public.audit ATTACH PARTITION public.audit_2021 FOR VALUES FROM (2021) TO (2022);
ALTER TABLE ONLY public.audit ATTACH PARTITION public.audit_2022 FOR VALUES FROM (2022) TO (2023);
ALTER TABLE ONLY public.audit ATTACH PARTITION public.audit_2023 FOR VALUES FROM (2023) TO (2024);
ALTER TABLE ONLY public.audit ATTACH PARTITION public.audit_2024 FOR VALUES FROM (2024) TO (2025);
ALTER TABLE ONLY public.audit ATTACH PARTITION public.audit_2025 FOR VALUES FROM (2025) TO (2026);
ALTER TABLE ONLY public.audit ATTACH PARTITION public.audit_2026 FOR VALUES FROM (2026) TO (2027);
ALTER TABLE ONLY public.audit ATTACH PARTITION public.audit_2027 FOR VALUES FROM (2027) TO (2028);
ALTER TABLE ONLY public.audit ATTACH PARTITION public.audit_2028 FOR VALUES FROM (2028) TO (2029);
ALTER TABLE ONLY public.audit ATTACH PARTITION public.audit_2029 FOR VALUES FROM (2029) TO (2030);
ALTER TABLE ONLY public.audit ATTACH PARTITION public.audit_2030 FOR VALUES FROM (2030) TO (2031);
ALTER TABLE ONLY public.audit ATTACH PARTITION public.audit_2031 FOR VALUES FROM (2031) TO (2032);
ALTER TABLE ONLY public.audit ATTACH PARTITION public.audit_2032 FOR VALUES FROM (2032) TO (2033);
ALTER TABLE ONLY public.audit ATTACH PARTITION public.audit_2033 FOR VALUES FROM (2033) TO (2034);
ALTER TABLE ONLY public.audit ATTACH PARTITION public.audit_2034 FOR VALUES FROM (2034) TO (2035);
ALTER TABLE ONLY public.audit ATTACH PARTITION public.audit_2035 FOR VALUES FROM (2035) TO (2036);
ALTER TABLE ONLY public.audit ATTACH PARTITION public.audit_2036 FOR VALUES FROM (2036) TO (2037);
ALTER TABLE ONLY public.audit ATTACH PARTITION public.audit_2037 FOR VALUES FROM (2037) TO (2038);
ALTER TABLE ONLY public.audit ATTACH PARTITION public.audit_2038 FOR VALUES FROM (2038) TO (2039);
ALTER TABLE ONLY public.audit ATTACH PARTITION public.audit_2039 FOR VALUES FROM (2039) TO (2040);
ALTER TABLE ONLY public.audit ATTACH PARTITION public.audit_2040 FOR VALUES FROM (2040) TO (2041);
ALTER TABLE ONLY public.audit ATTACH PARTITION public.audit_2041 FOR VALUES FROM (2041) TO (2042);
ALTER TABLE ONLY public.audit ATTACH PARTITION public.audit_2042 FOR VALUES FROM (2042) TO (2043);
ALTER TABLE ONLY public.audit ATTACH PARTITION public.audit_2043 FOR VALUES FROM (2043) TO (2044);
ALTER TABLE ONLY public.audit ATTACH PARTITION public.audit_2044 FOR VALUES FROM (2044) TO (2045);
ALTER TABLE ONLY public.audit ATTACH PARTITION public.audit_2045 FOR VALUES FROM (2045) TO (2046);
ALTER TABLE ONLY public.audit ATTACH PARTITION public.audit_other DEFAULT;
INSERT INTO public.append_only VALUES ('audit_2020');
INSERT INTO public.append_only VALUES ('audit_2021');
INSERT INTO public.append_only VALUES ('audit_2022');
INSERT INTO public.append_only VALUES ('audit_2023');
INSERT INTO public.append_only VALUES ('audit_2024');
INSERT INTO public.append_only VALUES ('audit_2025');
INSERT INTO public.append_only VALUES ('audit_2026');
INSERT INTO public.append_only VALUES ('audit_2027');
INSERT INTO public.append_only VALUES ('audit_2028');
INSERT INTO public.append_only VALUES ('audit_2029');
INSERT INTO public.append_only VALUES ('audit_2030');
INSERT INTO public.append_only VALUES ('audit_2031');
INSERT INTO public.append_only VALUES ('audit_2032');
INSERT INTO public.append_only VALUES ('audit_2033');
INSERT INTO public.append_only VALUES ('audit_2034');
INSERT INTO public.append_only VALUES ('audit_2035');
INSERT INTO public.append_only VALUES ('audit_2036');
INSERT INTO public.append_only VALUES ('audit_2037');
INSERT INTO public.append_only VALUES ('audit_2038');
INSERT INTO public.append_only VALUES ('audit_2039');
INSERT INTO public.append_only VALUES ('audit_2040');
INSERT INTO public.append_only VALUES ('audit_2041');
INSERT INTO public.append_only VALUES ('audit_2042');
INSERT INTO public.append_only VALUES ('audit_2043');
INSERT INTO public.append_only VALUES ('audit_2044');
INSERT INTO public.append_only VALUES ('audit_2045');
INSERT INTO public.append_only VALUES ('audit');
INSERT INTO public.append_only VALUES ('audit_other');
INSERT INTO public.append_only VALUES ('audit_seal');
INSERT INTO public.append_only VALUES ('audit_seal_head');
INSERT INTO public.append_only VALUES ('part_history');
INSERT INTO public.append_only VALUES ('version');
INSERT INTO public.append_only VALUES ('progress');
INSERT INTO public.goose_db_version VALUES (1, 0, true, '2022-11-28 00:00:00');
INSERT INTO public.goose_db_version VALUES (2, 1, true, '2022-11-28 00:00:00');
INSERT INTO public.goose_db_version VALUES (3, 2, true, '2022-11-28 00:00:00');
INSERT INTO public.goose_db_version VALUES (4, 3, true, '2022-11-28 00:00:00');
INSERT INTO public.goose_db_version VALUES (5, 4, true, '2022-11-28 00:00:00');
INSERT INTO public.goose_db_version VALUES (6, 5, true, '2022-11-28 00:00:00');
INSERT INTO public.installation VALUES (true, 'empty', '\x449d79c29031ca33c3fd30bd6c69fdc24b263aee30a16a4ca9366a03090beee6', NULL, NULL);
SELECT pg_catalog.setval('public.activity_id_seq', 1, false);
SELECT pg_catalog.setval('public.assignment_id_seq', 1, false);
SELECT pg_catalog.setval('public.campaign_id_seq', 1, false);
SELECT pg_catalog.setval('public.document_ref_id_seq', 1, false);
SELECT pg_catalog.setval('public.extension_id_seq', 1, false);
SELECT pg_catalog.setval('public.goose_db_version_id_seq', 6, true);
SELECT pg_catalog.setval('public.membership_id_seq', 1, false);
SELECT pg_catalog.setval('public.notice_id_seq', 1, false);
SELECT pg_catalog.setval('public.part_history_id_seq', 1, false);
SELECT pg_catalog.setval('public.period_id_seq', 1, false);
SELECT pg_catalog.setval('public.person_id_seq', 1, false);
SELECT pg_catalog.setval('public.person_session_id_seq', 1, false);
SELECT pg_catalog.setval('public.progress_id_seq', 1, false);
SELECT pg_catalog.setval('public.remark_id_seq', 1, false);
SELECT pg_catalog.setval('public.request_id_seq', 1, false);
SELECT pg_catalog.setval('public.submission_id_seq', 1, false);
SELECT pg_catalog.setval('public.task_supplement_id_seq', 1, false);
SELECT pg_catalog.setval('public.unit_id_seq', 1, false);
SELECT pg_catalog.setval('public.unit_version_id_seq', 1, false);
SELECT pg_catalog.setval('public.version_file_id_seq', 1, false);
SELECT pg_catalog.setval('public.version_id_seq', 1, false);
ALTER TABLE ONLY public.activity
    ADD CONSTRAINT activity_code_once UNIQUE (submission_id, task_no, seq);
ALTER TABLE ONLY public.activity_counter
    ADD CONSTRAINT activity_counter_pkey PRIMARY KEY (submission_id, task_no);
ALTER TABLE ONLY public.activity_fact
    ADD CONSTRAINT activity_fact_pkey PRIMARY KEY (activity_id);
ALTER TABLE ONLY public.activity_partner
    ADD CONSTRAINT activity_partner_pkey PRIMARY KEY (activity_id, unit_id);
ALTER TABLE ONLY public.activity
    ADD CONSTRAINT activity_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.append_only
    ADD CONSTRAINT append_only_pkey PRIMARY KEY (name);
ALTER TABLE ONLY public.assignment
    ADD CONSTRAINT assignment_one_at_a_time EXCLUDE USING gist (activity_id WITH =, kind WITH =, valid WITH &&);
ALTER TABLE ONLY public.assignment
    ADD CONSTRAINT assignment_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.audit
    ADD CONSTRAINT audit_pkey PRIMARY KEY (subject, seq, year);
ALTER TABLE ONLY public.audit_2020
    ADD CONSTRAINT audit_2020_pkey PRIMARY KEY (subject, seq, year);
ALTER TABLE ONLY public.audit_2021
    ADD CONSTRAINT audit_2021_pkey PRIMARY KEY (subject, seq, year);
ALTER TABLE ONLY public.audit_2022
    ADD CONSTRAINT audit_2022_pkey PRIMARY KEY (subject, seq, year);
ALTER TABLE ONLY public.audit_2023
    ADD CONSTRAINT audit_2023_pkey PRIMARY KEY (subject, seq, year);
ALTER TABLE ONLY public.audit_2024
    ADD CONSTRAINT audit_2024_pkey PRIMARY KEY (subject, seq, year);
ALTER TABLE ONLY public.audit_2025
    ADD CONSTRAINT audit_2025_pkey PRIMARY KEY (subject, seq, year);
ALTER TABLE ONLY public.audit_2026
    ADD CONSTRAINT audit_2026_pkey PRIMARY KEY (subject, seq, year);
ALTER TABLE ONLY public.audit_2027
    ADD CONSTRAINT audit_2027_pkey PRIMARY KEY (subject, seq, year);
ALTER TABLE ONLY public.audit_2028
    ADD CONSTRAINT audit_2028_pkey PRIMARY KEY (subject, seq, year);
ALTER TABLE ONLY public.audit_2029
    ADD CONSTRAINT audit_2029_pkey PRIMARY KEY (subject, seq, year);
ALTER TABLE ONLY public.audit_2030
    ADD CONSTRAINT audit_2030_pkey PRIMARY KEY (subject, seq, year);
ALTER TABLE ONLY public.audit_2031
    ADD CONSTRAINT audit_2031_pkey PRIMARY KEY (subject, seq, year);
ALTER TABLE ONLY public.audit_2032
    ADD CONSTRAINT audit_2032_pkey PRIMARY KEY (subject, seq, year);
ALTER TABLE ONLY public.audit_2033
    ADD CONSTRAINT audit_2033_pkey PRIMARY KEY (subject, seq, year);
ALTER TABLE ONLY public.audit_2034
    ADD CONSTRAINT audit_2034_pkey PRIMARY KEY (subject, seq, year);
ALTER TABLE ONLY public.audit_2035
    ADD CONSTRAINT audit_2035_pkey PRIMARY KEY (subject, seq, year);
ALTER TABLE ONLY public.audit_2036
    ADD CONSTRAINT audit_2036_pkey PRIMARY KEY (subject, seq, year);
ALTER TABLE ONLY public.audit_2037
    ADD CONSTRAINT audit_2037_pkey PRIMARY KEY (subject, seq, year);
ALTER TABLE ONLY public.audit_2038
    ADD CONSTRAINT audit_2038_pkey PRIMARY KEY (subject, seq, year);
ALTER TABLE ONLY public.audit_2039
    ADD CONSTRAINT audit_2039_pkey PRIMARY KEY (subject, seq, year);
ALTER TABLE ONLY public.audit_2040
    ADD CONSTRAINT audit_2040_pkey PRIMARY KEY (subject, seq, year);
ALTER TABLE ONLY public.audit_2041
    ADD CONSTRAINT audit_2041_pkey PRIMARY KEY (subject, seq, year);
ALTER TABLE ONLY public.audit_2042
    ADD CONSTRAINT audit_2042_pkey PRIMARY KEY (subject, seq, year);
ALTER TABLE ONLY public.audit_2043
    ADD CONSTRAINT audit_2043_pkey PRIMARY KEY (subject, seq, year);
ALTER TABLE ONLY public.audit_2044
    ADD CONSTRAINT audit_2044_pkey PRIMARY KEY (subject, seq, year);
ALTER TABLE ONLY public.audit_2045
    ADD CONSTRAINT audit_2045_pkey PRIMARY KEY (subject, seq, year);
ALTER TABLE ONLY public.audit_head
    ADD CONSTRAINT audit_head_pkey PRIMARY KEY (subject);
ALTER TABLE ONLY public.audit_other
    ADD CONSTRAINT audit_other_pkey PRIMARY KEY (subject, seq, year);
ALTER TABLE ONLY public.audit_seal_head
    ADD CONSTRAINT audit_seal_head_pkey PRIMARY KEY (no, subject);
ALTER TABLE ONLY public.audit_seal
    ADD CONSTRAINT audit_seal_pkey PRIMARY KEY (no);
ALTER TABLE ONLY public.campaign
    ADD CONSTRAINT campaign_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.campaign
    ADD CONSTRAINT campaign_year_key UNIQUE (year);
ALTER TABLE ONLY public.credential
    ADD CONSTRAINT credential_pkey PRIMARY KEY (person_id);
ALTER TABLE ONLY public.credential
    ADD CONSTRAINT credential_username_key UNIQUE (username);
ALTER TABLE ONLY public.deadline
    ADD CONSTRAINT deadline_pkey PRIMARY KEY (period_id, unit_kind);
ALTER TABLE ONLY public.document_ref
    ADD CONSTRAINT document_ref_once UNIQUE (issuer_id, year, symbol, number, suffix);
ALTER TABLE ONLY public.document_ref
    ADD CONSTRAINT document_ref_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.doubt
    ADD CONSTRAINT doubt_pkey PRIMARY KEY (submission_id, code);
ALTER TABLE ONLY public.extension
    ADD CONSTRAINT extension_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.file
    ADD CONSTRAINT file_pkey PRIMARY KEY (sha256);
ALTER TABLE ONLY public.goose_db_version
    ADD CONSTRAINT goose_db_version_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.holiday
    ADD CONSTRAINT holiday_pkey PRIMARY KEY (day);
ALTER TABLE ONLY public.idempotency
    ADD CONSTRAINT idempotency_pkey PRIMARY KEY (person_id, key, body_sha);
ALTER TABLE ONLY public.installation
    ADD CONSTRAINT installation_pkey PRIMARY KEY (one);
ALTER TABLE ONLY public.membership
    ADD CONSTRAINT membership_once_at_a_time EXCLUDE USING gist (person_id WITH =, unit_id WITH =, role WITH =, valid WITH &&);
ALTER TABLE ONLY public.membership
    ADD CONSTRAINT membership_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.notice
    ADD CONSTRAINT notice_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.parked_post
    ADD CONSTRAINT parked_post_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.part_history
    ADD CONSTRAINT part_history_once UNIQUE (submission_id, key, revision);
ALTER TABLE ONLY public.part_history
    ADD CONSTRAINT part_history_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.part
    ADD CONSTRAINT part_pkey PRIMARY KEY (submission_id, key);
ALTER TABLE ONLY public.period
    ADD CONSTRAINT period_campaign_id_slug_key UNIQUE (campaign_id, slug);
ALTER TABLE ONLY public.period
    ADD CONSTRAINT period_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.person
    ADD CONSTRAINT person_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.person_session
    ADD CONSTRAINT person_session_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.person_session
    ADD CONSTRAINT person_session_public_id_key UNIQUE (public_id);
ALTER TABLE ONLY public.progress_file
    ADD CONSTRAINT progress_file_pkey PRIMARY KEY (progress_id, file_sha);
ALTER TABLE ONLY public.progress
    ADD CONSTRAINT progress_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.progress
    ADD CONSTRAINT progress_replaces_key UNIQUE (replaces);
ALTER TABLE ONLY public.remark
    ADD CONSTRAINT remark_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.request
    ADD CONSTRAINT request_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.roster
    ADD CONSTRAINT roster_pkey PRIMARY KEY (campaign_id, unit_id);
ALTER TABLE ONLY public.sessions
    ADD CONSTRAINT sessions_pkey PRIMARY KEY (token);
ALTER TABLE ONLY public.sign_in_failure
    ADD CONSTRAINT sign_in_failure_pkey PRIMARY KEY (key);
ALTER TABLE ONLY public.submission
    ADD CONSTRAINT submission_once UNIQUE (period_id, unit_id);
ALTER TABLE ONLY public.submission
    ADD CONSTRAINT submission_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.task
    ADD CONSTRAINT task_pkey PRIMARY KEY (campaign_id, no);
ALTER TABLE ONLY public.task_scope_fact
    ADD CONSTRAINT task_scope_fact_pkey PRIMARY KEY (campaign_id, unit_id, task_no);
ALTER TABLE ONLY public.task_supplement
    ADD CONSTRAINT task_supplement_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.unit_lineage
    ADD CONSTRAINT unit_lineage_from_unit_to_unit_on_date_key UNIQUE NULLS NOT DISTINCT (from_unit, to_unit, on_date);
ALTER TABLE ONLY public.unit
    ADD CONSTRAINT unit_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.unit
    ADD CONSTRAINT unit_slug_key UNIQUE (slug);
ALTER TABLE ONLY public.unit_version
    ADD CONSTRAINT unit_version_code_at_a_time EXCLUDE USING gist (code WITH =, valid WITH &&);
ALTER TABLE ONLY public.unit_version
    ADD CONSTRAINT unit_version_one_at_a_time EXCLUDE USING gist (unit_id WITH =, valid WITH &&);
ALTER TABLE ONLY public.unit_version
    ADD CONSTRAINT unit_version_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.version_author
    ADD CONSTRAINT version_author_pkey PRIMARY KEY (version_id, person_id);
ALTER TABLE ONLY public.version_file
    ADD CONSTRAINT version_file_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.version
    ADD CONSTRAINT version_once UNIQUE (submission_id, no);
ALTER TABLE ONLY public.version_outcome
    ADD CONSTRAINT version_outcome_pkey PRIMARY KEY (version_id);
ALTER TABLE ONLY public.version
    ADD CONSTRAINT version_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.version_read
    ADD CONSTRAINT version_read_pkey PRIMARY KEY (version_id, person_id);
ALTER TABLE ONLY public.working_author
    ADD CONSTRAINT working_author_pkey PRIMARY KEY (submission_id, person_id);
CREATE INDEX activity_fact_roster_idx ON public.activity_fact USING btree (campaign_id, unit_id, task_no);
CREATE INDEX activity_fact_trgm ON public.activity_fact USING gin (title_fold public.gin_trgm_ops);
CREATE INDEX activity_partner_unit_idx ON public.activity_partner USING btree (unit_id);
CREATE INDEX assignment_person_idx ON public.assignment USING btree (person_id) WHERE upper_inf(valid);
CREATE INDEX audit_person_idx ON ONLY public.audit USING btree (person_id, at);
CREATE INDEX audit_2020_person_id_at_idx ON public.audit_2020 USING btree (person_id, at);
CREATE INDEX audit_2021_person_id_at_idx ON public.audit_2021 USING btree (person_id, at);
CREATE INDEX audit_2022_person_id_at_idx ON public.audit_2022 USING btree (person_id, at);
CREATE INDEX audit_2023_person_id_at_idx ON public.audit_2023 USING btree (person_id, at);
CREATE INDEX audit_2024_person_id_at_idx ON public.audit_2024 USING btree (person_id, at);
CREATE INDEX audit_2025_person_id_at_idx ON public.audit_2025 USING btree (person_id, at);
CREATE INDEX audit_2026_person_id_at_idx ON public.audit_2026 USING btree (person_id, at);
CREATE INDEX audit_2027_person_id_at_idx ON public.audit_2027 USING btree (person_id, at);
CREATE INDEX audit_2028_person_id_at_idx ON public.audit_2028 USING btree (person_id, at);
CREATE INDEX audit_2029_person_id_at_idx ON public.audit_2029 USING btree (person_id, at);
CREATE INDEX audit_2030_person_id_at_idx ON public.audit_2030 USING btree (person_id, at);
CREATE INDEX audit_2031_person_id_at_idx ON public.audit_2031 USING btree (person_id, at);
CREATE INDEX audit_2032_person_id_at_idx ON public.audit_2032 USING btree (person_id, at);
CREATE INDEX audit_2033_person_id_at_idx ON public.audit_2033 USING btree (person_id, at);
CREATE INDEX audit_2034_person_id_at_idx ON public.audit_2034 USING btree (person_id, at);
CREATE INDEX audit_2035_person_id_at_idx ON public.audit_2035 USING btree (person_id, at);
CREATE INDEX audit_2036_person_id_at_idx ON public.audit_2036 USING btree (person_id, at);
CREATE INDEX audit_2037_person_id_at_idx ON public.audit_2037 USING btree (person_id, at);
CREATE INDEX audit_2038_person_id_at_idx ON public.audit_2038 USING btree (person_id, at);
CREATE INDEX audit_2039_person_id_at_idx ON public.audit_2039 USING btree (person_id, at);
CREATE INDEX audit_2040_person_id_at_idx ON public.audit_2040 USING btree (person_id, at);
CREATE INDEX audit_2041_person_id_at_idx ON public.audit_2041 USING btree (person_id, at);
CREATE INDEX audit_2042_person_id_at_idx ON public.audit_2042 USING btree (person_id, at);
CREATE INDEX audit_2043_person_id_at_idx ON public.audit_2043 USING btree (person_id, at);
CREATE INDEX audit_2044_person_id_at_idx ON public.audit_2044 USING btree (person_id, at);
CREATE INDEX audit_2045_person_id_at_idx ON public.audit_2045 USING btree (person_id, at);
CREATE INDEX audit_head_unsealed_idx ON public.audit_head USING btree (subject) WHERE (seq > sealed);
CREATE INDEX audit_other_person_id_at_idx ON public.audit_other USING btree (person_id, at);
CREATE INDEX extension_idx ON public.extension USING btree (period_id, unit_id, at DESC, id DESC);
CREATE INDEX idempotency_at_idx ON public.idempotency USING btree (at);
CREATE INDEX membership_unit_idx ON public.membership USING btree (unit_id, role);
CREATE INDEX notice_person_idx ON public.notice USING btree (person_id, at DESC);
CREATE INDEX notice_unread_idx ON public.notice USING btree (person_id) WHERE (read_at IS NULL);
CREATE INDEX parked_post_person_idx ON public.parked_post USING btree (person_id, kept_at DESC);
CREATE INDEX person_name_trgm ON public.person USING gin (name_fold public.gin_trgm_ops);
CREATE INDEX person_session_idx ON public.person_session USING btree (person_id) WHERE (ended_at IS NULL);
CREATE INDEX progress_current_idx ON public.progress USING btree (activity_id, as_of DESC, id DESC) INCLUDE (percent, value, at, replaces);
CREATE INDEX remark_submission_idx ON public.remark USING btree (submission_id, id);
CREATE UNIQUE INDEX request_one_open ON public.request USING btree (submission_id, kind) WHERE (outcome = 'open'::text);
CREATE INDEX roster_reports_to_idx ON public.roster USING btree (campaign_id, reports_to, "position");
CREATE INDEX sessions_expiry_idx ON public.sessions USING btree (expiry);
CREATE INDEX submission_state_idx ON public.submission USING btree (period_id, state);
CREATE INDEX submission_unit_idx ON public.submission USING btree (unit_id);
CREATE INDEX submission_waiting_idx ON public.submission USING btree (period_id, unit_id) WHERE (state = 'submitted'::text);
CREATE INDEX unit_version_name_trgm ON public.unit_version USING gin (name_fold public.gin_trgm_ops);
CREATE INDEX unit_version_sort_idx ON public.unit_version USING btree (name COLLATE "vi-x-icu");
CREATE INDEX unit_version_unit_idx ON public.unit_version USING btree (unit_id);
CREATE INDEX version_file_idx ON public.version_file USING btree (version_id);
CREATE UNIQUE INDEX version_one_pending ON public.version_outcome USING btree (submission_id) WHERE (outcome = 'pending'::text);
ALTER INDEX public.audit_person_idx ATTACH PARTITION public.audit_2020_person_id_at_idx;
ALTER INDEX public.audit_pkey ATTACH PARTITION public.audit_2020_pkey;
ALTER INDEX public.audit_person_idx ATTACH PARTITION public.audit_2021_person_id_at_idx;
ALTER INDEX public.audit_pkey ATTACH PARTITION public.audit_2021_pkey;
ALTER INDEX public.audit_person_idx ATTACH PARTITION public.audit_2022_person_id_at_idx;
ALTER INDEX public.audit_pkey ATTACH PARTITION public.audit_2022_pkey;
ALTER INDEX public.audit_person_idx ATTACH PARTITION public.audit_2023_person_id_at_idx;
ALTER INDEX public.audit_pkey ATTACH PARTITION public.audit_2023_pkey;
ALTER INDEX public.audit_person_idx ATTACH PARTITION public.audit_2024_person_id_at_idx;
ALTER INDEX public.audit_pkey ATTACH PARTITION public.audit_2024_pkey;
ALTER INDEX public.audit_person_idx ATTACH PARTITION public.audit_2025_person_id_at_idx;
ALTER INDEX public.audit_pkey ATTACH PARTITION public.audit_2025_pkey;
ALTER INDEX public.audit_person_idx ATTACH PARTITION public.audit_2026_person_id_at_idx;
ALTER INDEX public.audit_pkey ATTACH PARTITION public.audit_2026_pkey;
ALTER INDEX public.audit_person_idx ATTACH PARTITION public.audit_2027_person_id_at_idx;
ALTER INDEX public.audit_pkey ATTACH PARTITION public.audit_2027_pkey;
ALTER INDEX public.audit_person_idx ATTACH PARTITION public.audit_2028_person_id_at_idx;
ALTER INDEX public.audit_pkey ATTACH PARTITION public.audit_2028_pkey;
ALTER INDEX public.audit_person_idx ATTACH PARTITION public.audit_2029_person_id_at_idx;
ALTER INDEX public.audit_pkey ATTACH PARTITION public.audit_2029_pkey;
ALTER INDEX public.audit_person_idx ATTACH PARTITION public.audit_2030_person_id_at_idx;
ALTER INDEX public.audit_pkey ATTACH PARTITION public.audit_2030_pkey;
ALTER INDEX public.audit_person_idx ATTACH PARTITION public.audit_2031_person_id_at_idx;
ALTER INDEX public.audit_pkey ATTACH PARTITION public.audit_2031_pkey;
ALTER INDEX public.audit_person_idx ATTACH PARTITION public.audit_2032_person_id_at_idx;
ALTER INDEX public.audit_pkey ATTACH PARTITION public.audit_2032_pkey;
ALTER INDEX public.audit_person_idx ATTACH PARTITION public.audit_2033_person_id_at_idx;
ALTER INDEX public.audit_pkey ATTACH PARTITION public.audit_2033_pkey;
ALTER INDEX public.audit_person_idx ATTACH PARTITION public.audit_2034_person_id_at_idx;
ALTER INDEX public.audit_pkey ATTACH PARTITION public.audit_2034_pkey;
ALTER INDEX public.audit_person_idx ATTACH PARTITION public.audit_2035_person_id_at_idx;
ALTER INDEX public.audit_pkey ATTACH PARTITION public.audit_2035_pkey;
ALTER INDEX public.audit_person_idx ATTACH PARTITION public.audit_2036_person_id_at_idx;
ALTER INDEX public.audit_pkey ATTACH PARTITION public.audit_2036_pkey;
ALTER INDEX public.audit_person_idx ATTACH PARTITION public.audit_2037_person_id_at_idx;
ALTER INDEX public.audit_pkey ATTACH PARTITION public.audit_2037_pkey;
ALTER INDEX public.audit_person_idx ATTACH PARTITION public.audit_2038_person_id_at_idx;
ALTER INDEX public.audit_pkey ATTACH PARTITION public.audit_2038_pkey;
ALTER INDEX public.audit_person_idx ATTACH PARTITION public.audit_2039_person_id_at_idx;
ALTER INDEX public.audit_pkey ATTACH PARTITION public.audit_2039_pkey;
ALTER INDEX public.audit_person_idx ATTACH PARTITION public.audit_2040_person_id_at_idx;
ALTER INDEX public.audit_pkey ATTACH PARTITION public.audit_2040_pkey;
ALTER INDEX public.audit_person_idx ATTACH PARTITION public.audit_2041_person_id_at_idx;
ALTER INDEX public.audit_pkey ATTACH PARTITION public.audit_2041_pkey;
ALTER INDEX public.audit_person_idx ATTACH PARTITION public.audit_2042_person_id_at_idx;
ALTER INDEX public.audit_pkey ATTACH PARTITION public.audit_2042_pkey;
ALTER INDEX public.audit_person_idx ATTACH PARTITION public.audit_2043_person_id_at_idx;
ALTER INDEX public.audit_pkey ATTACH PARTITION public.audit_2043_pkey;
ALTER INDEX public.audit_person_idx ATTACH PARTITION public.audit_2044_person_id_at_idx;
ALTER INDEX public.audit_pkey ATTACH PARTITION public.audit_2044_pkey;
ALTER INDEX public.audit_person_idx ATTACH PARTITION public.audit_2045_person_id_at_idx;
ALTER INDEX public.audit_pkey ATTACH PARTITION public.audit_2045_pkey;
ALTER INDEX public.audit_person_idx ATTACH PARTITION public.audit_other_person_id_at_idx;
ALTER INDEX public.audit_pkey ATTACH PARTITION public.audit_other_pkey;
CREATE TRIGGER audit_only_grows BEFORE DELETE OR UPDATE ON public.audit FOR EACH ROW EXECUTE FUNCTION public.refuse_change();
CREATE TRIGGER part_history_only_grows BEFORE DELETE OR UPDATE ON public.part_history FOR EACH ROW EXECUTE FUNCTION public.refuse_change();
CREATE TRIGGER progress_only_grows BEFORE DELETE OR UPDATE ON public.progress FOR EACH ROW EXECUTE FUNCTION public.refuse_change();
CREATE TRIGGER task_text_frozen BEFORE DELETE OR UPDATE ON public.task FOR EACH ROW EXECUTE FUNCTION public.task_text_is_frozen();
CREATE TRIGGER version_only_grows BEFORE DELETE OR UPDATE ON public.version FOR EACH ROW EXECUTE FUNCTION public.refuse_change();
ALTER TABLE ONLY public.activity_counter
    ADD CONSTRAINT activity_counter_submission_id_fkey FOREIGN KEY (submission_id) REFERENCES public.submission(id);
ALTER TABLE ONLY public.activity_fact
    ADD CONSTRAINT activity_fact_activity_id_fkey FOREIGN KEY (activity_id) REFERENCES public.activity(id);
ALTER TABLE ONLY public.activity_fact
    ADD CONSTRAINT activity_fact_campaign_id_fkey FOREIGN KEY (campaign_id) REFERENCES public.campaign(id);
ALTER TABLE ONLY public.activity_fact
    ADD CONSTRAINT activity_fact_unit_id_fkey FOREIGN KEY (unit_id) REFERENCES public.unit(id);
ALTER TABLE ONLY public.activity_fact
    ADD CONSTRAINT activity_fact_version_id_fkey FOREIGN KEY (version_id) REFERENCES public.version(id);
ALTER TABLE ONLY public.activity_partner
    ADD CONSTRAINT activity_partner_activity_id_fkey FOREIGN KEY (activity_id) REFERENCES public.activity_fact(activity_id) ON DELETE CASCADE;
ALTER TABLE ONLY public.activity_partner
    ADD CONSTRAINT activity_partner_unit_id_fkey FOREIGN KEY (unit_id) REFERENCES public.unit(id);
ALTER TABLE ONLY public.activity
    ADD CONSTRAINT activity_submission_id_fkey FOREIGN KEY (submission_id) REFERENCES public.submission(id);
ALTER TABLE ONLY public.assignment
    ADD CONSTRAINT assignment_activity_id_fkey FOREIGN KEY (activity_id) REFERENCES public.activity(id) ON DELETE CASCADE;
ALTER TABLE ONLY public.assignment
    ADD CONSTRAINT assignment_person_id_fkey FOREIGN KEY (person_id) REFERENCES public.person(id);
ALTER TABLE ONLY public.audit_seal_head
    ADD CONSTRAINT audit_seal_head_no_fkey FOREIGN KEY (no) REFERENCES public.audit_seal(no);
ALTER TABLE ONLY public.campaign
    ADD CONSTRAINT campaign_lead_unit_fkey FOREIGN KEY (lead_unit) REFERENCES public.unit(id);
ALTER TABLE ONLY public.credential
    ADD CONSTRAINT credential_person_id_fkey FOREIGN KEY (person_id) REFERENCES public.person(id);
ALTER TABLE ONLY public.deadline
    ADD CONSTRAINT deadline_period_id_fkey FOREIGN KEY (period_id) REFERENCES public.period(id);
ALTER TABLE ONLY public.document_ref
    ADD CONSTRAINT document_ref_issuer_id_fkey FOREIGN KEY (issuer_id) REFERENCES public.unit(id);
ALTER TABLE ONLY public.doubt
    ADD CONSTRAINT doubt_by_person_fkey FOREIGN KEY (by_person) REFERENCES public.person(id);
ALTER TABLE ONLY public.doubt
    ADD CONSTRAINT doubt_submission_id_fkey FOREIGN KEY (submission_id) REFERENCES public.submission(id);
ALTER TABLE ONLY public.extension
    ADD CONSTRAINT extension_by_person_fkey FOREIGN KEY (by_person) REFERENCES public.person(id);
ALTER TABLE ONLY public.extension
    ADD CONSTRAINT extension_period_id_fkey FOREIGN KEY (period_id) REFERENCES public.period(id);
ALTER TABLE ONLY public.extension
    ADD CONSTRAINT extension_unit_id_fkey FOREIGN KEY (unit_id) REFERENCES public.unit(id);
ALTER TABLE ONLY public.idempotency
    ADD CONSTRAINT idempotency_person_id_fkey FOREIGN KEY (person_id) REFERENCES public.person(id);
ALTER TABLE ONLY public.membership
    ADD CONSTRAINT membership_person_id_fkey FOREIGN KEY (person_id) REFERENCES public.person(id);
ALTER TABLE ONLY public.membership
    ADD CONSTRAINT membership_unit_id_fkey FOREIGN KEY (unit_id) REFERENCES public.unit(id);
ALTER TABLE ONLY public.notice
    ADD CONSTRAINT notice_person_fk FOREIGN KEY (person_id) REFERENCES public.person(id);
ALTER TABLE ONLY public.parked_post
    ADD CONSTRAINT parked_post_person_id_fkey FOREIGN KEY (person_id) REFERENCES public.person(id);
ALTER TABLE ONLY public.part_history
    ADD CONSTRAINT part_history_replaced_by_fkey FOREIGN KEY (replaced_by) REFERENCES public.person(id);
ALTER TABLE ONLY public.part_history
    ADD CONSTRAINT part_history_saved_by_fkey FOREIGN KEY (saved_by) REFERENCES public.person(id);
ALTER TABLE ONLY public.part_history
    ADD CONSTRAINT part_history_submission_id_fkey FOREIGN KEY (submission_id) REFERENCES public.submission(id);
ALTER TABLE ONLY public.part
    ADD CONSTRAINT part_saved_by_fkey FOREIGN KEY (saved_by) REFERENCES public.person(id);
ALTER TABLE ONLY public.part
    ADD CONSTRAINT part_submission_id_fkey FOREIGN KEY (submission_id) REFERENCES public.submission(id);
ALTER TABLE ONLY public.period
    ADD CONSTRAINT period_campaign_id_fkey FOREIGN KEY (campaign_id) REFERENCES public.campaign(id);
ALTER TABLE ONLY public.period
    ADD CONSTRAINT period_trues_up_fkey FOREIGN KEY (trues_up) REFERENCES public.period(id);
ALTER TABLE ONLY public.person_session
    ADD CONSTRAINT person_session_person_id_fkey FOREIGN KEY (person_id) REFERENCES public.person(id);
ALTER TABLE ONLY public.progress
    ADD CONSTRAINT progress_activity_id_fkey FOREIGN KEY (activity_id) REFERENCES public.activity(id);
ALTER TABLE ONLY public.progress
    ADD CONSTRAINT progress_by_person_fkey FOREIGN KEY (by_person) REFERENCES public.person(id);
ALTER TABLE ONLY public.progress_file
    ADD CONSTRAINT progress_file_file_sha_fkey FOREIGN KEY (file_sha) REFERENCES public.file(sha256);
ALTER TABLE ONLY public.progress_file
    ADD CONSTRAINT progress_file_progress_id_fkey FOREIGN KEY (progress_id) REFERENCES public.progress(id);
ALTER TABLE ONLY public.progress
    ADD CONSTRAINT progress_replaces_fkey FOREIGN KEY (replaces) REFERENCES public.progress(id);
ALTER TABLE ONLY public.remark
    ADD CONSTRAINT remark_answered_by_fkey FOREIGN KEY (answered_by) REFERENCES public.person(id);
ALTER TABLE ONLY public.remark
    ADD CONSTRAINT remark_by_person_fkey FOREIGN KEY (by_person) REFERENCES public.person(id);
ALTER TABLE ONLY public.remark
    ADD CONSTRAINT remark_resolved_by_fkey FOREIGN KEY (resolved_by) REFERENCES public.person(id);
ALTER TABLE ONLY public.remark
    ADD CONSTRAINT remark_submission_id_fkey FOREIGN KEY (submission_id) REFERENCES public.submission(id);
ALTER TABLE ONLY public.remark
    ADD CONSTRAINT remark_version_id_fkey FOREIGN KEY (version_id) REFERENCES public.version(id);
ALTER TABLE ONLY public.request
    ADD CONSTRAINT request_by_person_fkey FOREIGN KEY (by_person) REFERENCES public.person(id);
ALTER TABLE ONLY public.request
    ADD CONSTRAINT request_closed_by_fkey FOREIGN KEY (closed_by) REFERENCES public.person(id);
ALTER TABLE ONLY public.request
    ADD CONSTRAINT request_submission_id_fkey FOREIGN KEY (submission_id) REFERENCES public.submission(id);
ALTER TABLE ONLY public.roster
    ADD CONSTRAINT roster_campaign_id_fkey FOREIGN KEY (campaign_id) REFERENCES public.campaign(id);
ALTER TABLE ONLY public.roster
    ADD CONSTRAINT roster_reports_to_fkey FOREIGN KEY (reports_to) REFERENCES public.unit(id);
ALTER TABLE ONLY public.roster
    ADD CONSTRAINT roster_unit_id_fkey FOREIGN KEY (unit_id) REFERENCES public.unit(id);
ALTER TABLE ONLY public.roster
    ADD CONSTRAINT roster_unit_version_id_fkey FOREIGN KEY (unit_version_id) REFERENCES public.unit_version(id);
ALTER TABLE ONLY public.submission
    ADD CONSTRAINT submission_amended_by_fkey FOREIGN KEY (amended_by) REFERENCES public.person(id);
ALTER TABLE ONLY public.submission
    ADD CONSTRAINT submission_in_force_fk FOREIGN KEY (in_force) REFERENCES public.version_outcome(version_id);
ALTER TABLE ONLY public.submission
    ADD CONSTRAINT submission_period_id_fkey FOREIGN KEY (period_id) REFERENCES public.period(id);
ALTER TABLE ONLY public.submission
    ADD CONSTRAINT submission_state_by_fkey FOREIGN KEY (state_by) REFERENCES public.person(id);
ALTER TABLE ONLY public.submission
    ADD CONSTRAINT submission_unit_id_fkey FOREIGN KEY (unit_id) REFERENCES public.unit(id);
ALTER TABLE ONLY public.task
    ADD CONSTRAINT task_campaign_id_fkey FOREIGN KEY (campaign_id) REFERENCES public.campaign(id);
ALTER TABLE ONLY public.task_scope_fact
    ADD CONSTRAINT task_scope_fact_campaign_id_fkey FOREIGN KEY (campaign_id) REFERENCES public.campaign(id);
ALTER TABLE ONLY public.task_scope_fact
    ADD CONSTRAINT task_scope_fact_unit_id_fkey FOREIGN KEY (unit_id) REFERENCES public.unit(id);
ALTER TABLE ONLY public.task_supplement
    ADD CONSTRAINT task_supplement_campaign_id_task_no_fkey FOREIGN KEY (campaign_id, task_no) REFERENCES public.task(campaign_id, no);
ALTER TABLE ONLY public.unit_lineage
    ADD CONSTRAINT unit_lineage_from_unit_fkey FOREIGN KEY (from_unit) REFERENCES public.unit(id);
ALTER TABLE ONLY public.unit_lineage
    ADD CONSTRAINT unit_lineage_to_unit_fkey FOREIGN KEY (to_unit) REFERENCES public.unit(id);
ALTER TABLE ONLY public.unit_version
    ADD CONSTRAINT unit_version_parent_id_fkey FOREIGN KEY (parent_id) REFERENCES public.unit(id);
ALTER TABLE ONLY public.unit_version
    ADD CONSTRAINT unit_version_unit_id_fkey FOREIGN KEY (unit_id) REFERENCES public.unit(id);
ALTER TABLE ONLY public.version_author
    ADD CONSTRAINT version_author_person_id_fkey FOREIGN KEY (person_id) REFERENCES public.person(id);
ALTER TABLE ONLY public.version_author
    ADD CONSTRAINT version_author_version_id_fkey FOREIGN KEY (version_id) REFERENCES public.version(id);
ALTER TABLE ONLY public.version
    ADD CONSTRAINT version_document_ref_id_fkey FOREIGN KEY (document_ref_id) REFERENCES public.document_ref(id);
ALTER TABLE ONLY public.version_file
    ADD CONSTRAINT version_file_by_person_fkey FOREIGN KEY (by_person) REFERENCES public.person(id);
ALTER TABLE ONLY public.version_file
    ADD CONSTRAINT version_file_file_sha_fkey FOREIGN KEY (file_sha) REFERENCES public.file(sha256);
ALTER TABLE ONLY public.version_file
    ADD CONSTRAINT version_file_version_id_fkey FOREIGN KEY (version_id) REFERENCES public.version(id);
ALTER TABLE ONLY public.version_outcome
    ADD CONSTRAINT version_outcome_decided_by_fkey FOREIGN KEY (decided_by) REFERENCES public.person(id);
ALTER TABLE ONLY public.version_outcome
    ADD CONSTRAINT version_outcome_reopened_by_fkey FOREIGN KEY (reopened_by) REFERENCES public.person(id);
ALTER TABLE ONLY public.version_outcome
    ADD CONSTRAINT version_outcome_submission_id_fkey FOREIGN KEY (submission_id) REFERENCES public.submission(id);
ALTER TABLE ONLY public.version_outcome
    ADD CONSTRAINT version_outcome_version_id_fkey FOREIGN KEY (version_id) REFERENCES public.version(id);
ALTER TABLE ONLY public.version_read
    ADD CONSTRAINT version_read_person_id_fkey FOREIGN KEY (person_id) REFERENCES public.person(id);
ALTER TABLE ONLY public.version_read
    ADD CONSTRAINT version_read_version_id_fkey FOREIGN KEY (version_id) REFERENCES public.version(id);
ALTER TABLE ONLY public.version
    ADD CONSTRAINT version_sent_by_fkey FOREIGN KEY (sent_by) REFERENCES public.person(id);
ALTER TABLE ONLY public.version
    ADD CONSTRAINT version_submission_id_fkey FOREIGN KEY (submission_id) REFERENCES public.submission(id);
ALTER TABLE ONLY public.working_author
    ADD CONSTRAINT working_author_person_id_fkey FOREIGN KEY (person_id) REFERENCES public.person(id);
ALTER TABLE ONLY public.working_author
    ADD CONSTRAINT working_author_submission_id_fkey FOREIGN KEY (submission_id) REFERENCES public.submission(id);
