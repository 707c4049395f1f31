-- What the tables may not do by themselves: isolation of cities, rows that never change, and what each column is for.
-- A row of a city is visible when the transaction's context (set by inContext) names the city or one of the scopes of the table.
alter table memberships enable row level security;
--> statement-breakpoint
alter table memberships force row level security;
--> statement-breakpoint
create policy city_isolation on memberships using (
  city_id = any (string_to_array(current_setting('tessera.cities', true), ',')::uuid[])
  or current_setting('tessera.scope', true) = any ('{network,sign-in}'));
--> statement-breakpoint
alter table invitations enable row level security;
--> statement-breakpoint
alter table invitations force row level security;
--> statement-breakpoint
create policy city_isolation on invitations using (
  city_id = any (string_to_array(current_setting('tessera.cities', true), ',')::uuid[])
  or current_setting('tessera.scope', true) = any ('{network,sign-in}'));
--> statement-breakpoint
alter table city_facts enable row level security;
--> statement-breakpoint
alter table city_facts force row level security;
--> statement-breakpoint
create policy city_isolation on city_facts using (
  city_id = any (string_to_array(current_setting('tessera.cities', true), ',')::uuid[])
  or current_setting('tessera.scope', true) = any ('{network,comparison}'));
--> statement-breakpoint
alter table assessments enable row level security;
--> statement-breakpoint
alter table assessments force row level security;
--> statement-breakpoint
create policy city_isolation on assessments using (
  city_id = any (string_to_array(current_setting('tessera.cities', true), ',')::uuid[])
  or current_setting('tessera.scope', true) = any ('{network}'));
--> statement-breakpoint
alter table answers enable row level security;
--> statement-breakpoint
alter table answers force row level security;
--> statement-breakpoint
create policy city_isolation on answers using (
  city_id = any (string_to_array(current_setting('tessera.cities', true), ',')::uuid[])
  or current_setting('tessera.scope', true) = any ('{network}'));
--> statement-breakpoint
alter table answer_history enable row level security;
--> statement-breakpoint
alter table answer_history force row level security;
--> statement-breakpoint
create policy city_isolation on answer_history using (
  city_id = any (string_to_array(current_setting('tessera.cities', true), ',')::uuid[])
  or current_setting('tessera.scope', true) = any ('{network}'));
--> statement-breakpoint
alter table frozen_assessments enable row level security;
--> statement-breakpoint
alter table frozen_assessments force row level security;
--> statement-breakpoint
create policy city_isolation on frozen_assessments using (
  city_id = any (string_to_array(current_setting('tessera.cities', true), ',')::uuid[])
  or current_setting('tessera.scope', true) = any ('{network}'));
--> statement-breakpoint
alter table results enable row level security;
--> statement-breakpoint
alter table results force row level security;
--> statement-breakpoint
create policy city_isolation on results using (
  city_id = any (string_to_array(current_setting('tessera.cities', true), ',')::uuid[])
  or current_setting('tessera.scope', true) = any ('{network,comparison}'));
--> statement-breakpoint
alter table audit_events enable row level security;
--> statement-breakpoint
alter table audit_events force row level security;
--> statement-breakpoint
create policy city_isolation on audit_events for select using (
  city_id = any (string_to_array(current_setting('tessera.cities', true), ',')::uuid[])
  or current_setting('tessera.scope', true) = any ('{network}'));
--> statement-breakpoint
create policy append on audit_events for insert with check (true);
--> statement-breakpoint
alter table audit_payloads enable row level security;
--> statement-breakpoint
alter table audit_payloads force row level security;
--> statement-breakpoint
create policy city_isolation on audit_payloads for select using (
  city_id = any (string_to_array(current_setting('tessera.cities', true), ',')::uuid[])
  or current_setting('tessera.scope', true) = any ('{network}'));
--> statement-breakpoint
create policy append on audit_payloads for insert with check (true);
--> statement-breakpoint
create policy erase on audit_payloads for delete using (current_setting('tessera.scope', true) = 'network');
--> statement-breakpoint
create function refuse_change() returns trigger language plpgsql as $$
begin
  raise exception 'rows of % are never changed or deleted', tg_table_name using errcode = 'restrict_violation';
end $$;
--> statement-breakpoint
create trigger never_changed before update or delete on instrument_versions for each row execute function refuse_change();
--> statement-breakpoint
create trigger never_truncated before truncate on instrument_versions for each statement execute function refuse_change();
--> statement-breakpoint
create trigger never_changed before update or delete on answer_history for each row execute function refuse_change();
--> statement-breakpoint
create trigger never_truncated before truncate on answer_history for each statement execute function refuse_change();
--> statement-breakpoint
create trigger never_changed before update or delete on frozen_assessments for each row execute function refuse_change();
--> statement-breakpoint
create trigger never_truncated before truncate on frozen_assessments for each statement execute function refuse_change();
--> statement-breakpoint
create trigger never_changed before update or delete on results for each row execute function refuse_change();
--> statement-breakpoint
create trigger never_truncated before truncate on results for each statement execute function refuse_change();
--> statement-breakpoint
create trigger never_changed before update or delete on audit_events for each row execute function refuse_change();
--> statement-breakpoint
create trigger never_truncated before truncate on audit_events for each statement execute function refuse_change();
--> statement-breakpoint
insert into audit_head (one, seq, hash) values (true, 0, repeat('0', 64));
--> statement-breakpoint
comment on table people is 'a person who can sign in; also the authors of answers and decisions';
--> statement-breakpoint
comment on column people.id is 'key; the pseudonym under which the audit chain knows the person';
--> statement-breakpoint
comment on column people.name is 'name as shown to colleagues';
--> statement-breakpoint
comment on column people.email is 'address for sign-in and mail, lower case';
--> statement-breakpoint
comment on column people.email_verified is 'the address was confirmed by a link sent to it';
--> statement-breakpoint
comment on column people.image is 'unused; expected by the sign-in library';
--> statement-breakpoint
comment on column people.two_factor_enabled is 'a second factor is set up';
--> statement-breakpoint
comment on column people.language is 'language of mails and pages: de or en';
--> statement-breakpoint
comment on column people.is_demo is 'account of the synthetic demonstration; usable on loopback only';
--> statement-breakpoint
comment on column people.created_at is 'when the account was made';
--> statement-breakpoint
comment on column people.updated_at is 'last change of the account';
--> statement-breakpoint
comment on table sessions is 'a signed-in browser; deleting the row ends the session at once';
--> statement-breakpoint
comment on column sessions.id is 'key';
--> statement-breakpoint
comment on column sessions.token is 'secret of the session cookie';
--> statement-breakpoint
comment on column sessions.person_id is 'who is signed in';
--> statement-breakpoint
comment on column sessions.expires_at is 'when the session ends by itself';
--> statement-breakpoint
comment on column sessions.ip_address is 'address at sign-in, shown to its owner in the list of sessions';
--> statement-breakpoint
comment on column sessions.user_agent is 'browser at sign-in, shown to its owner in the list of sessions';
--> statement-breakpoint
comment on column sessions.created_at is 'sign-in';
--> statement-breakpoint
comment on column sessions.updated_at is 'last renewal';
--> statement-breakpoint
comment on table credentials is 'a way to sign in: a password or an external account';
--> statement-breakpoint
comment on column credentials.id is 'key';
--> statement-breakpoint
comment on column credentials.account_id is 'identity at the provider';
--> statement-breakpoint
comment on column credentials.provider_id is 'credential = password, otherwise the provider''s name';
--> statement-breakpoint
comment on column credentials.person_id is 'whose way to sign in';
--> statement-breakpoint
comment on column credentials.password is 'scrypt hash of the password';
--> statement-breakpoint
comment on column credentials.access_token is 'token of an external provider, if any';
--> statement-breakpoint
comment on column credentials.refresh_token is 'token of an external provider, if any';
--> statement-breakpoint
comment on column credentials.id_token is 'token of an external provider, if any';
--> statement-breakpoint
comment on column credentials.access_token_expires_at is 'expiry';
--> statement-breakpoint
comment on column credentials.refresh_token_expires_at is 'expiry';
--> statement-breakpoint
comment on column credentials.scope is 'scope granted by the provider';
--> statement-breakpoint
comment on column credentials.created_at is 'when added';
--> statement-breakpoint
comment on column credentials.updated_at is 'last change';
--> statement-breakpoint
comment on table verifications is 'one-time secrets: password reset, address confirmation, second step of a sign-in';
--> statement-breakpoint
comment on column verifications.id is 'key';
--> statement-breakpoint
comment on column verifications.identifier is 'what the secret is for';
--> statement-breakpoint
comment on column verifications.value is 'the secret or what it stands for';
--> statement-breakpoint
comment on column verifications.expires_at is 'expiry';
--> statement-breakpoint
comment on column verifications.created_at is 'when made';
--> statement-breakpoint
comment on column verifications.updated_at is 'last change';
--> statement-breakpoint
comment on table two_factors is 'second factor of a person';
--> statement-breakpoint
comment on column two_factors.id is 'key';
--> statement-breakpoint
comment on column two_factors.secret is 'encrypted secret of the authenticator app';
--> statement-breakpoint
comment on column two_factors.backup_codes is 'encrypted recovery codes';
--> statement-breakpoint
comment on column two_factors.person_id is 'whose second factor';
--> statement-breakpoint
comment on column two_factors.verified is 'confirmed by a first code';
--> statement-breakpoint
comment on column two_factors.failed_verification_count is 'wrong codes since the last right one';
--> statement-breakpoint
comment on column two_factors.locked_until is 'no codes are accepted before';
--> statement-breakpoint
comment on table sign_in_failures is 'failed sign-ins of the last minutes, to slow down guessing';
--> statement-breakpoint
comment on column sign_in_failures.id is 'key';
--> statement-breakpoint
comment on column sign_in_failures.account_hash is 'keyed hash of the e-mail address that was tried';
--> statement-breakpoint
comment on column sign_in_failures.address_hash is 'keyed hash of the network address';
--> statement-breakpoint
comment on column sign_in_failures.failed_at is 'when';
--> statement-breakpoint
comment on table cities is 'a local authority that takes part: municipality, district or region';
--> statement-breakpoint
comment on column cities.id is 'key';
--> statement-breakpoint
comment on column cities.slug is 'name in addresses';
--> statement-breakpoint
comment on column cities.name is 'official short name';
--> statement-breakpoint
comment on column cities.country is 'ISO 3166-1 alpha-2 code';
--> statement-breakpoint
comment on column cities.region is 'NUTS code of the region, where there is one';
--> statement-breakpoint
comment on column cities.official_code is 'stable official code (LAU), where there is one';
--> statement-breakpoint
comment on column cities.latitude is 'degrees north';
--> statement-breakpoint
comment on column cities.longitude is 'degrees east';
--> statement-breakpoint
comment on column cities.is_synthetic is 'invented for the demonstration';
--> statement-breakpoint
comment on column cities.created_at is 'when added';
--> statement-breakpoint
comment on table memberships is 'a role of a person, in a city or in the network';
--> statement-breakpoint
comment on column memberships.id is 'key';
--> statement-breakpoint
comment on column memberships.person_id is 'who';
--> statement-breakpoint
comment on column memberships.role is 'city-coordinator, contributor, approver, technical-partner, reviewer or network-coordinator';
--> statement-breakpoint
comment on column memberships.city_id is 'for which city; null for a role in the network';
--> statement-breakpoint
comment on column memberships.created_at is 'since when';
--> statement-breakpoint
comment on column memberships.created_by is 'who granted it';
--> statement-breakpoint
comment on column memberships.ended_at is 'until when; null = in force';
--> statement-breakpoint
comment on table invitations is 'an invitation by link to take on a role';
--> statement-breakpoint
comment on column invitations.id is 'key';
--> statement-breakpoint
comment on column invitations.token_hash is 'SHA-256 of the secret in the link';
--> statement-breakpoint
comment on column invitations.email is 'address the invitation was sent to';
--> statement-breakpoint
comment on column invitations.role is 'role offered';
--> statement-breakpoint
comment on column invitations.city_id is 'for which city; null for a role in the network';
--> statement-breakpoint
comment on column invitations.created_at is 'when sent';
--> statement-breakpoint
comment on column invitations.created_by is 'who invited';
--> statement-breakpoint
comment on column invitations.expires_at is 'the link works until';
--> statement-breakpoint
comment on column invitations.accepted_at is 'when accepted; null = not yet';
--> statement-breakpoint
comment on column invitations.accepted_by is 'who accepted';
--> statement-breakpoint
comment on column invitations.withdrawn_at is 'when withdrawn; null = in force';
--> statement-breakpoint
comment on table city_facts is 'a fact about a city: not scored, used for groups and peers';
--> statement-breakpoint
comment on column city_facts.id is 'key';
--> statement-breakpoint
comment on column city_facts.city_id is 'which city';
--> statement-breakpoint
comment on column city_facts.fact is 'population (persons), share-foreign-born, share-foreign-national, share-migrant-background (percent), gdp-per-capita (euro)';
--> statement-breakpoint
comment on column city_facts.value is 'value in the unit of the fact; shares in percent 0-100';
--> statement-breakpoint
comment on column city_facts.year is 'year the value describes';
--> statement-breakpoint
comment on column city_facts.source is 'where the value was published';
--> statement-breakpoint
comment on column city_facts.quality is 'official, estimate, own-count or provisional';
--> statement-breakpoint
comment on column city_facts.version is 'grows with every change; guards against lost updates';
--> statement-breakpoint
comment on column city_facts.updated_at is 'last change';
--> statement-breakpoint
comment on column city_facts.updated_by is 'who changed it last';
--> statement-breakpoint
comment on table reference_figures is 'published figures of real cities, each with its source; never part of our ranking';
--> statement-breakpoint
comment on column reference_figures.id is 'key';
--> statement-breakpoint
comment on column reference_figures.city is 'name as published';
--> statement-breakpoint
comment on column reference_figures.country is 'ISO 3166-1 alpha-2 code';
--> statement-breakpoint
comment on column reference_figures.year is 'year of the figure';
--> statement-breakpoint
comment on column reference_figures.kind is 'result = index or indicator score; fact = population and shares';
--> statement-breakpoint
comment on column reference_figures.code is 'which figure: overall, an indicator, population, a share';
--> statement-breakpoint
comment on column reference_figures.value is 'the figure; scores 0-100, shares in percent';
--> statement-breakpoint
comment on column reference_figures.remark is 'published rank statement or other remark';
--> statement-breakpoint
comment on column reference_figures.sample_size is 'number of cities compared in the source';
--> statement-breakpoint
comment on column reference_figures.source is 'address or reference of the publication';
--> statement-breakpoint
comment on table instrument_versions is 'a version of the questionnaire, complete and unchangeable';
--> statement-breakpoint
comment on column instrument_versions.id is 'key';
--> statement-breakpoint
comment on column instrument_versions.instrument is 'id of the instrument';
--> statement-breakpoint
comment on column instrument_versions.version is 'version of the instrument';
--> statement-breakpoint
comment on column instrument_versions.content_hash is 'SHA-256 over the canonical JSON of the content';
--> statement-breakpoint
comment on column instrument_versions.content is 'rules, points, weights, clusters and wording in all languages';
--> statement-breakpoint
comment on column instrument_versions.created_at is 'when loaded';
--> statement-breakpoint
comment on table waves is 'one round of data collection';
--> statement-breakpoint
comment on column waves.id is 'key';
--> statement-breakpoint
comment on column waves.slug is 'name in addresses';
--> statement-breakpoint
comment on column waves.name is 'name as shown';
--> statement-breakpoint
comment on column waves.opens_at is 'answers can be given from';
--> statement-breakpoint
comment on column waves.closes_at is 'answers can be given until';
--> statement-breakpoint
comment on column waves.instrument_version_id is 'the frozen questionnaire; null until frozen';
--> statement-breakpoint
comment on column waves.frozen_at is 'when the questionnaire was frozen into the wave';
--> statement-breakpoint
comment on column waves.frozen_by is 'who froze it';
--> statement-breakpoint
comment on column waves.closed_at is 'closed by hand before its time; null = not';
--> statement-breakpoint
comment on column waves.is_synthetic is 'invented for the demonstration';
--> statement-breakpoint
comment on column waves.version is 'grows with every change; guards against lost updates';
--> statement-breakpoint
comment on column waves.created_at is 'when planned';
--> statement-breakpoint
comment on column waves.created_by is 'who planned it';
--> statement-breakpoint
comment on table assessments is 'one city''s answers in one wave';
--> statement-breakpoint
comment on column assessments.id is 'key';
--> statement-breakpoint
comment on column assessments.wave_id is 'which wave';
--> statement-breakpoint
comment on column assessments.city_id is 'which city';
--> statement-breakpoint
comment on column assessments.invited_at is 'when the city was invited';
--> statement-breakpoint
comment on column assessments.invited_by is 'who invited it';
--> statement-breakpoint
comment on column assessments.submitted_at is 'when the city handed in; null = still open';
--> statement-breakpoint
comment on column assessments.submitted_by is 'who handed in';
--> statement-breakpoint
comment on table answers is 'what a city states for one question; the current version';
--> statement-breakpoint
comment on column answers.assessment_id is 'which assessment';
--> statement-breakpoint
comment on column answers.question_id is 'which question; stable over versions of the instrument';
--> statement-breakpoint
comment on column answers.city_id is 'which city';
--> statement-breakpoint
comment on column answers.version is '1, 2, 3 ...: grows with every save';
--> statement-breakpoint
comment on column answers.options is 'keys of the options chosen; null = none chosen';
--> statement-breakpoint
comment on column answers.missing is 'not-applicable or not-known; null = neither';
--> statement-breakpoint
comment on column answers.reason is 'why the question does not apply';
--> statement-breakpoint
comment on column answers.explanation is 'free text, never scored';
--> statement-breakpoint
comment on column answers.language is 'language the texts are written in';
--> statement-breakpoint
comment on column answers.updated_at is 'last save';
--> statement-breakpoint
comment on column answers.updated_by is 'who saved last';
--> statement-breakpoint
comment on table answer_history is 'every saved version of every answer; only ever added to';
--> statement-breakpoint
comment on column answer_history.assessment_id is 'which assessment';
--> statement-breakpoint
comment on column answer_history.question_id is 'which question';
--> statement-breakpoint
comment on column answer_history.version is 'version of the answer';
--> statement-breakpoint
comment on column answer_history.city_id is 'which city';
--> statement-breakpoint
comment on column answer_history.options is 'options as saved';
--> statement-breakpoint
comment on column answer_history.missing is 'missing as saved';
--> statement-breakpoint
comment on column answer_history.reason is 'reason as saved';
--> statement-breakpoint
comment on column answer_history.explanation is 'explanation as saved';
--> statement-breakpoint
comment on column answer_history.language is 'language as saved';
--> statement-breakpoint
comment on column answer_history.saved_at is 'when';
--> statement-breakpoint
comment on column answer_history.saved_by is 'who';
--> statement-breakpoint
comment on table frozen_assessments is 'the unchangeable copy of an assessment made when it is handed in';
--> statement-breakpoint
comment on column frozen_assessments.id is 'key';
--> statement-breakpoint
comment on column frozen_assessments.assessment_id is 'which assessment';
--> statement-breakpoint
comment on column frozen_assessments.city_id is 'which city';
--> statement-breakpoint
comment on column frozen_assessments.wave_id is 'which wave';
--> statement-breakpoint
comment on column frozen_assessments.content is 'answers of all questions, scope and method';
--> statement-breakpoint
comment on column frozen_assessments.content_hash is 'SHA-256 over the canonical JSON of the content';
--> statement-breakpoint
comment on column frozen_assessments.frozen_at is 'when';
--> statement-breakpoint
comment on column frozen_assessments.frozen_by is 'who handed in';
--> statement-breakpoint
comment on table results is 'scores computed from one frozen copy with one weight scheme; never changed';
--> statement-breakpoint
comment on column results.seq is 'order of arrival; readers ask for what is newer than they know';
--> statement-breakpoint
comment on column results.frozen_id is 'which frozen copy';
--> statement-breakpoint
comment on column results.city_id is 'which city';
--> statement-breakpoint
comment on column results.wave_id is 'which wave';
--> statement-breakpoint
comment on column results.instrument_version_id is 'which instrument version';
--> statement-breakpoint
comment on column results.scheme is 'weight scheme';
--> statement-breakpoint
comment on column results.engine_version is 'version of the engine that computed it';
--> statement-breakpoint
comment on column results.inputs_hash is 'SHA-256 of the frozen copy, scheme and engine version';
--> statement-breakpoint
comment on column results.elements is 'codes of the levels, in the order of the arrays that follow';
--> statement-breakpoint
comment on column results.scores is 'scores 0-100, open answers counting nothing; NaN = nothing applies';
--> statement-breakpoint
comment on column results.uppers is 'scores 0-100 if open answers had full points; NaN = nothing applies';
--> statement-breakpoint
comment on column results.coverages is 'share answered of what applies, 0-1; NaN = nothing applies';
--> statement-breakpoint
comment on column results.exact_scores is 'scores as exact fractions n/d; empty = nothing applies, or a check without an exact value';
--> statement-breakpoint
comment on column results.created_at is 'when computed';
--> statement-breakpoint
comment on table audit_events is 'who did what when, as a chain of hashes; only ever added to';
--> statement-breakpoint
comment on column audit_events.seq is 'gapless number';
--> statement-breakpoint
comment on column audit_events.at is 'server time';
--> statement-breakpoint
comment on column audit_events.action is 'what was done';
--> statement-breakpoint
comment on column audit_events.person_id is 'pseudonym of who did it; null = the system';
--> statement-breakpoint
comment on column audit_events.city_id is 'city concerned, if any';
--> statement-breakpoint
comment on column audit_events.subject is 'what it was done to: kind and key';
--> statement-breakpoint
comment on column audit_events.payload_hash is 'SHA-256 over the canonical JSON of the details';
--> statement-breakpoint
comment on column audit_events.previous_hash is 'hash of the event before';
--> statement-breakpoint
comment on column audit_events.hash is 'SHA-256 over previous hash and canonical event';
--> statement-breakpoint
comment on table audit_payloads is 'details of an event; may be erased, the chain holds their hash';
--> statement-breakpoint
comment on column audit_payloads.seq is 'number of the event';
--> statement-breakpoint
comment on column audit_payloads.city_id is 'city concerned, if any';
--> statement-breakpoint
comment on column audit_payloads.payload is 'the details';
--> statement-breakpoint
comment on table audit_head is 'number and hash of the last event; its row lock keeps the chain gapless';
--> statement-breakpoint
comment on column audit_head.one is 'always true: the table has one row';
--> statement-breakpoint
comment on column audit_head.seq is 'number of the last event';
--> statement-breakpoint
comment on column audit_head.hash is 'hash of the last event';
--> statement-breakpoint
comment on table idempotency_keys is 'requests that were carried out, so that a repeated one has no second effect';
--> statement-breakpoint
comment on column idempotency_keys.person_id is 'who sent it';
--> statement-breakpoint
comment on column idempotency_keys.key is 'key the sender chose';
--> statement-breakpoint
comment on column idempotency_keys.operation is 'which operation';
--> statement-breakpoint
comment on column idempotency_keys.body_hash is 'SHA-256 of the request';
--> statement-breakpoint
comment on column idempotency_keys.response is 'what was answered';
--> statement-breakpoint
comment on column idempotency_keys.created_at is 'when';
