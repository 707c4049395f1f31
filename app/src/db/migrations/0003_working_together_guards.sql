-- What the new tables may not do by themselves: isolation of cities, rows that never change, and what each column is for.
alter table city_settings enable row level security;
--> statement-breakpoint
alter table city_settings force row level security;
--> statement-breakpoint
create policy city_isolation on city_settings using (
  city_id = any (string_to_array(current_setting('tessera.cities', true), ',')::uuid[])
  or current_setting('tessera.scope', true) = any ('{network}'));
--> statement-breakpoint
alter table departments enable row level security;
--> statement-breakpoint
alter table departments force row level security;
--> statement-breakpoint
create policy city_isolation on departments using (
  city_id = any (string_to_array(current_setting('tessera.cities', true), ',')::uuid[])
  or current_setting('tessera.scope', true) = any ('{network}'));
--> statement-breakpoint
alter table department_members enable row level security;
--> statement-breakpoint
alter table department_members force row level security;
--> statement-breakpoint
create policy city_isolation on department_members using (
  city_id = any (string_to_array(current_setting('tessera.cities', true), ',')::uuid[])
  or current_setting('tessera.scope', true) = any ('{network}'));
--> statement-breakpoint
alter table contacts enable row level security;
--> statement-breakpoint
alter table contacts force row level security;
--> statement-breakpoint
create policy city_isolation on contacts using (
  city_id = any (string_to_array(current_setting('tessera.cities', true), ',')::uuid[])
  or current_setting('tessera.scope', true) = any ('{network}'));
--> statement-breakpoint
alter table assignments enable row level security;
--> statement-breakpoint
alter table assignments force row level security;
--> statement-breakpoint
create policy city_isolation on assignments using (
  city_id = any (string_to_array(current_setting('tessera.cities', true), ',')::uuid[])
  or current_setting('tessera.scope', true) = any ('{network}'));
--> statement-breakpoint
alter table scope_statements enable row level security;
--> statement-breakpoint
alter table scope_statements force row level security;
--> statement-breakpoint
create policy city_isolation on scope_statements using (
  city_id = any (string_to_array(current_setting('tessera.cities', true), ',')::uuid[])
  or current_setting('tessera.scope', true) = any ('{network}'));
--> statement-breakpoint
create trigger never_changed before update or delete on scope_statements for each row execute function refuse_change();
--> statement-breakpoint
create trigger never_truncated before truncate on scope_statements for each statement execute function refuse_change();
--> statement-breakpoint
alter table snapshots enable row level security;
--> statement-breakpoint
alter table snapshots force row level security;
--> statement-breakpoint
create policy city_isolation on snapshots using (
  city_id = any (string_to_array(current_setting('tessera.cities', true), ',')::uuid[])
  or current_setting('tessera.scope', true) = any ('{network}'));
--> statement-breakpoint
alter table carried_answers enable row level security;
--> statement-breakpoint
alter table carried_answers force row level security;
--> statement-breakpoint
create policy city_isolation on carried_answers using (
  city_id = any (string_to_array(current_setting('tessera.cities', true), ',')::uuid[])
  or current_setting('tessera.scope', true) = any ('{network}'));
--> statement-breakpoint
create trigger never_changed before update or delete on carried_answers for each row execute function refuse_change();
--> statement-breakpoint
create trigger never_truncated before truncate on carried_answers for each statement execute function refuse_change();
--> statement-breakpoint
alter table guest_links enable row level security;
--> statement-breakpoint
alter table guest_links force row level security;
--> statement-breakpoint
create policy city_isolation on guest_links using (
  city_id = any (string_to_array(current_setting('tessera.cities', true), ',')::uuid[])
  or current_setting('tessera.scope', true) = any ('{network,sign-in}'));
--> statement-breakpoint
alter table partner_rights enable row level security;
--> statement-breakpoint
alter table partner_rights force row level security;
--> statement-breakpoint
create policy city_isolation on partner_rights using (
  city_id = any (string_to_array(current_setting('tessera.cities', true), ',')::uuid[])
  or current_setting('tessera.scope', true) = any ('{network,sign-in}'));
--> statement-breakpoint
alter table joint_agreements enable row level security;
--> statement-breakpoint
alter table joint_agreements force row level security;
--> statement-breakpoint
create policy city_isolation on joint_agreements using (
  city_id = any (string_to_array(current_setting('tessera.cities', true), ',')::uuid[])
  or partner_city_id = any (string_to_array(current_setting('tessera.cities', true), ',')::uuid[])
  or current_setting('tessera.scope', true) = any ('{network}'));
--> statement-breakpoint
alter table suggestions enable row level security;
--> statement-breakpoint
alter table suggestions force row level security;
--> statement-breakpoint
create policy city_isolation on suggestions using (
  city_id = any (string_to_array(current_setting('tessera.cities', true), ',')::uuid[])
  or current_setting('tessera.scope', true) = any ('{network}'));
--> statement-breakpoint
alter table fact_proposals enable row level security;
--> statement-breakpoint
alter table fact_proposals force row level security;
--> statement-breakpoint
create policy city_isolation on fact_proposals using (
  city_id = any (string_to_array(current_setting('tessera.cities', true), ',')::uuid[])
  or current_setting('tessera.scope', true) = any ('{network}'));
--> statement-breakpoint
alter table precheck_marks enable row level security;
--> statement-breakpoint
alter table precheck_marks force row level security;
--> statement-breakpoint
create policy city_isolation on precheck_marks using (
  city_id = any (string_to_array(current_setting('tessera.cities', true), ',')::uuid[])
  or current_setting('tessera.scope', true) = any ('{network}'));
--> statement-breakpoint
alter table threads enable row level security;
--> statement-breakpoint
alter table threads force row level security;
--> statement-breakpoint
create policy city_isolation on threads using (
  city_id = any (string_to_array(current_setting('tessera.cities', true), ',')::uuid[])
  or current_setting('tessera.scope', true) = any ('{network}'));
--> statement-breakpoint
alter table messages enable row level security;
--> statement-breakpoint
alter table messages force row level security;
--> statement-breakpoint
create policy city_isolation on messages using (
  city_id = any (string_to_array(current_setting('tessera.cities', true), ',')::uuid[])
  or current_setting('tessera.scope', true) = any ('{network}'));
--> statement-breakpoint
alter table translations enable row level security;
--> statement-breakpoint
alter table translations force row level security;
--> statement-breakpoint
create policy city_isolation on translations using (
  city_id = any (string_to_array(current_setting('tessera.cities', true), ',')::uuid[])
  or current_setting('tessera.scope', true) = any ('{network}'));
--> statement-breakpoint
alter table notices enable row level security;
--> statement-breakpoint
alter table notices force row level security;
--> statement-breakpoint
create policy city_isolation on notices using (
  city_id = any (string_to_array(current_setting('tessera.cities', true), ',')::uuid[])
  or current_setting('tessera.scope', true) = any ('{network}'));
--> statement-breakpoint
alter table sign_off_steps enable row level security;
--> statement-breakpoint
alter table sign_off_steps force row level security;
--> statement-breakpoint
create policy city_isolation on sign_off_steps using (
  city_id = any (string_to_array(current_setting('tessera.cities', true), ',')::uuid[])
  or current_setting('tessera.scope', true) = any ('{network}'));
--> statement-breakpoint
alter table sign_offs enable row level security;
--> statement-breakpoint
alter table sign_offs force row level security;
--> statement-breakpoint
create policy city_isolation on sign_offs using (
  city_id = any (string_to_array(current_setting('tessera.cities', true), ',')::uuid[])
  or current_setting('tessera.scope', true) = any ('{network}'));
--> statement-breakpoint
create trigger never_changed before update or delete on sign_offs for each row execute function refuse_change();
--> statement-breakpoint
create trigger never_truncated before truncate on sign_offs for each statement execute function refuse_change();
--> statement-breakpoint
alter table files enable row level security;
--> statement-breakpoint
alter table files force row level security;
--> statement-breakpoint
create policy city_isolation on files using (
  city_id = any (string_to_array(current_setting('tessera.cities', true), ',')::uuid[])
  or current_setting('tessera.scope', true) = any ('{network}'));
--> statement-breakpoint
alter table uploads enable row level security;
--> statement-breakpoint
alter table uploads force row level security;
--> statement-breakpoint
create policy city_isolation on uploads using (
  city_id = any (string_to_array(current_setting('tessera.cities', true), ',')::uuid[])
  or current_setting('tessera.scope', true) = any ('{network}'));
--> statement-breakpoint
alter table evidence enable row level security;
--> statement-breakpoint
alter table evidence force row level security;
--> statement-breakpoint
create policy city_isolation on evidence using (
  city_id = any (string_to_array(current_setting('tessera.cities', true), ',')::uuid[])
  or current_setting('tessera.scope', true) = any ('{network}'));
--> statement-breakpoint
alter table evidence_pages enable row level security;
--> statement-breakpoint
alter table evidence_pages force row level security;
--> statement-breakpoint
create policy city_isolation on evidence_pages using (
  city_id = any (string_to_array(current_setting('tessera.cities', true), ',')::uuid[])
  or current_setting('tessera.scope', true) = any ('{network}'));
--> statement-breakpoint
alter table citations enable row level security;
--> statement-breakpoint
alter table citations force row level security;
--> statement-breakpoint
create policy city_isolation on citations using (
  city_id = any (string_to_array(current_setting('tessera.cities', true), ',')::uuid[])
  or current_setting('tessera.scope', true) = any ('{network}'));
--> statement-breakpoint
alter table inbox_items enable row level security;
--> statement-breakpoint
alter table inbox_items force row level security;
--> statement-breakpoint
create policy city_isolation on inbox_items using (
  city_id = any (string_to_array(current_setting('tessera.cities', true), ',')::uuid[])
  or current_setting('tessera.scope', true) = any ('{network}'));
--> statement-breakpoint
comment on table city_settings is 'how a city has arranged its work in Tessera';
--> statement-breakpoint
comment on column city_settings.city_id is 'the city';
--> statement-breakpoint
comment on column city_settings.contributors_see_all is 'contributors read the whole questionnaire; otherwise only the questions that are theirs';
--> statement-breakpoint
comment on column city_settings.evidence_quota_mb is 'most megabytes of evidence; null = the installation''s default';
--> statement-breakpoint
comment on column city_settings.version is 'rises with every change';
--> statement-breakpoint
comment on column city_settings.updated_at is 'when changed';
--> statement-breakpoint
comment on column city_settings.updated_by is 'who changed it';
--> statement-breakpoint
comment on table departments is 'a department of a city that answers questions';
--> statement-breakpoint
comment on column departments.id is 'key';
--> statement-breakpoint
comment on column departments.city_id is 'the city';
--> statement-breakpoint
comment on column departments.name is 'name as the city uses it';
--> statement-breakpoint
comment on column departments.version is 'rises with every change';
--> statement-breakpoint
comment on column departments.created_at is 'when added';
--> statement-breakpoint
comment on column departments.created_by is 'who added it';
--> statement-breakpoint
comment on column departments.ended_at is 'since when it is no longer used; null = in use';
--> statement-breakpoint
comment on table department_members is 'who works in which department';
--> statement-breakpoint
comment on column department_members.id is 'key';
--> statement-breakpoint
comment on column department_members.department_id is 'the department';
--> statement-breakpoint
comment on column department_members.city_id is 'the city';
--> statement-breakpoint
comment on column department_members.person_id is 'the person';
--> statement-breakpoint
comment on column department_members.created_at is 'since when';
--> statement-breakpoint
comment on column department_members.created_by is 'who added them';
--> statement-breakpoint
comment on column department_members.ended_at is 'until when; null = still';
--> statement-breakpoint
comment on table contacts is 'people who are responsible for answers and have no account';
--> statement-breakpoint
comment on column contacts.id is 'key';
--> statement-breakpoint
comment on column contacts.city_id is 'the city';
--> statement-breakpoint
comment on column contacts.name is 'name';
--> statement-breakpoint
comment on column contacts.email is 'address, if known';
--> statement-breakpoint
comment on column contacts.post is 'what they do, in the city''s words';
--> statement-breakpoint
comment on column contacts.department_id is 'their department, if any';
--> statement-breakpoint
comment on column contacts.version is 'rises with every change';
--> statement-breakpoint
comment on column contacts.created_at is 'when added';
--> statement-breakpoint
comment on column contacts.created_by is 'who added them';
--> statement-breakpoint
comment on column contacts.ended_at is 'since when they are no longer responsible';
--> statement-breakpoint
comment on table assignments is 'who answers an area or a question, until when';
--> statement-breakpoint
comment on column assignments.id is 'key';
--> statement-breakpoint
comment on column assignments.assessment_id is 'the assessment';
--> statement-breakpoint
comment on column assignments.city_id is 'the city';
--> statement-breakpoint
comment on column assignments.dimension_id is 'the area; null = a single question';
--> statement-breakpoint
comment on column assignments.question_id is 'the question; null = a whole area';
--> statement-breakpoint
comment on column assignments.department_id is 'the department responsible, if any';
--> statement-breakpoint
comment on column assignments.person_id is 'the person responsible, if any';
--> statement-breakpoint
comment on column assignments.contact_id is 'the person without an account who is responsible, if any';
--> statement-breakpoint
comment on column assignments.due_on is 'until when';
--> statement-breakpoint
comment on column assignments.note is 'a sentence to whoever answers';
--> statement-breakpoint
comment on column assignments.version is 'rises with every change';
--> statement-breakpoint
comment on column assignments.created_at is 'when assigned';
--> statement-breakpoint
comment on column assignments.created_by is 'who assigned it';
--> statement-breakpoint
comment on column assignments.ended_at is 'when it was taken back or replaced';
--> statement-breakpoint
comment on table scope_statements is 'whether the city is responsible for a subject; every version is kept, the highest counts';
--> statement-breakpoint
comment on column scope_statements.assessment_id is 'the assessment';
--> statement-breakpoint
comment on column scope_statements.scope_id is 'the subject, as the questionnaire names it';
--> statement-breakpoint
comment on column scope_statements.version is '1, 2, ...';
--> statement-breakpoint
comment on column scope_statements.city_id is 'the city';
--> statement-breakpoint
comment on column scope_statements.is_responsible is 'whether the city is responsible; null = not said';
--> statement-breakpoint
comment on column scope_statements.reason is 'who is responsible instead';
--> statement-breakpoint
comment on column scope_statements.stated_at is 'when';
--> statement-breakpoint
comment on column scope_statements.stated_by is 'who said it';
--> statement-breakpoint
comment on table snapshots is 'a named moment of an assessment; its content follows from the history of the answers';
--> statement-breakpoint
comment on column snapshots.id is 'key';
--> statement-breakpoint
comment on column snapshots.assessment_id is 'the assessment';
--> statement-breakpoint
comment on column snapshots.city_id is 'the city';
--> statement-breakpoint
comment on column snapshots.name is 'name, such as "as the council saw it"';
--> statement-breakpoint
comment on column snapshots.taken_of is 'the moment it shows; may lie ahead';
--> statement-breakpoint
comment on column snapshots.created_at is 'when it was named';
--> statement-breakpoint
comment on column snapshots.created_by is 'who named it';
--> statement-breakpoint
comment on column snapshots.removed_at is 'when it was taken off the list';
--> statement-breakpoint
comment on table carried_answers is 'what became of an answer of an earlier wave: confirmed or changed';
--> statement-breakpoint
comment on column carried_answers.id is 'key';
--> statement-breakpoint
comment on column carried_answers.assessment_id is 'the assessment now';
--> statement-breakpoint
comment on column carried_answers.question_id is 'the question';
--> statement-breakpoint
comment on column carried_answers.city_id is 'the city';
--> statement-breakpoint
comment on column carried_answers.from_assessment_id is 'the earlier assessment';
--> statement-breakpoint
comment on column carried_answers.from_version is 'version of the answer there';
--> statement-breakpoint
comment on column carried_answers.answer_version is 'version of the answer here that followed';
--> statement-breakpoint
comment on column carried_answers.decision is 'confirmed or changed';
--> statement-breakpoint
comment on column carried_answers.decided_at is 'when';
--> statement-breakpoint
comment on column carried_answers.decided_by is 'who decided';
--> statement-breakpoint
comment on table guest_links is 'a link with which somebody without an account answers a few questions';
--> statement-breakpoint
comment on column guest_links.id is 'key; the pseudonym under which the audit chain knows the guest';
--> statement-breakpoint
comment on column guest_links.assessment_id is 'the assessment';
--> statement-breakpoint
comment on column guest_links.city_id is 'the city';
--> statement-breakpoint
comment on column guest_links.question_ids is 'the questions it opens';
--> statement-breakpoint
comment on column guest_links.token_hash is 'SHA-256 of the secret in the link';
--> statement-breakpoint
comment on column guest_links.name is 'name of the guest, as shown beside their answers';
--> statement-breakpoint
comment on column guest_links.email is 'address the link was sent to, if any';
--> statement-breakpoint
comment on column guest_links.note is 'a sentence to the guest';
--> statement-breakpoint
comment on column guest_links.department_id is 'department of the guest, if any';
--> statement-breakpoint
comment on column guest_links.expires_at is 'until when it opens';
--> statement-breakpoint
comment on column guest_links.created_at is 'when made';
--> statement-breakpoint
comment on column guest_links.created_by is 'who made it';
--> statement-breakpoint
comment on column guest_links.withdrawn_at is 'when it was withdrawn';
--> statement-breakpoint
comment on column guest_links.withdrawn_by is 'who withdrew it';
--> statement-breakpoint
comment on column guest_links.first_opened_at is 'when it was first opened';
--> statement-breakpoint
comment on column guest_links.last_opened_at is 'when it was last opened';
--> statement-breakpoint
comment on column guest_links.finished_at is 'when the guest said that it is done';
--> statement-breakpoint
comment on table partner_rights is 'what a city lets a technical partner do';
--> statement-breakpoint
comment on column partner_rights.id is 'key';
--> statement-breakpoint
comment on column partner_rights.membership_id is 'the partner''s role in the city';
--> statement-breakpoint
comment on column partner_rights.city_id is 'the city';
--> statement-breakpoint
comment on column partner_rights.right is 'read, evidence, suggest, facts';
--> statement-breakpoint
comment on column partner_rights.granted_at is 'since when';
--> statement-breakpoint
comment on column partner_rights.granted_by is 'who granted it';
--> statement-breakpoint
comment on column partner_rights.revoked_at is 'until when; null = still';
--> statement-breakpoint
comment on column partner_rights.revoked_by is 'who revoked it';
--> statement-breakpoint
comment on table joint_agreements is 'cities that answer some areas jointly: one leads, the other takes its answers over';
--> statement-breakpoint
comment on column joint_agreements.id is 'key';
--> statement-breakpoint
comment on column joint_agreements.wave_id is 'the wave';
--> statement-breakpoint
comment on column joint_agreements.lead_assessment_id is 'the assessment that is answered';
--> statement-breakpoint
comment on column joint_agreements.city_id is 'the city that leads';
--> statement-breakpoint
comment on column joint_agreements.partner_assessment_id is 'the assessment that takes answers over';
--> statement-breakpoint
comment on column joint_agreements.partner_city_id is 'the city that takes answers over';
--> statement-breakpoint
comment on column joint_agreements.dimensions is 'the areas answered jointly';
--> statement-breakpoint
comment on column joint_agreements.note is 'a sentence to the other city';
--> statement-breakpoint
comment on column joint_agreements.proposed_at is 'when proposed';
--> statement-breakpoint
comment on column joint_agreements.proposed_by is 'who proposed it';
--> statement-breakpoint
comment on column joint_agreements.accepted_at is 'when the other city agreed';
--> statement-breakpoint
comment on column joint_agreements.accepted_by is 'who agreed';
--> statement-breakpoint
comment on column joint_agreements.ended_at is 'when either city ended it, or declined';
--> statement-breakpoint
comment on column joint_agreements.ended_by is 'who ended it';
--> statement-breakpoint
comment on table suggestions is 'an answer that a technical partner or a jointly answering city suggests';
--> statement-breakpoint
comment on column suggestions.id is 'key';
--> statement-breakpoint
comment on column suggestions.assessment_id is 'the assessment';
--> statement-breakpoint
comment on column suggestions.city_id is 'the city';
--> statement-breakpoint
comment on column suggestions.question_id is 'the question';
--> statement-breakpoint
comment on column suggestions.origin is 'partner or joint';
--> statement-breakpoint
comment on column suggestions.options is 'keys of the suggested options';
--> statement-breakpoint
comment on column suggestions.missing is 'not-applicable or not-known, if suggested';
--> statement-breakpoint
comment on column suggestions.reason is 'why the question does not apply';
--> statement-breakpoint
comment on column suggestions.explanation is 'suggested explanation';
--> statement-breakpoint
comment on column suggestions.language is 'language of the texts';
--> statement-breakpoint
comment on column suggestions.note is 'a sentence to the city';
--> statement-breakpoint
comment on column suggestions.base_version is 'version of the answer that the suggestion was written for; 0 = none';
--> statement-breakpoint
comment on column suggestions.suggested_by is 'who suggested it';
--> statement-breakpoint
comment on column suggestions.joint_id is 'the agreement of a joint answer';
--> statement-breakpoint
comment on column suggestions.created_at is 'when suggested';
--> statement-breakpoint
comment on column suggestions.withdrawn_at is 'when taken back or replaced';
--> statement-breakpoint
comment on column suggestions.decided_at is 'when the city decided';
--> statement-breakpoint
comment on column suggestions.decided_by is 'who decided';
--> statement-breakpoint
comment on column suggestions.decision is 'accepted or declined';
--> statement-breakpoint
comment on column suggestions.decision_note is 'a sentence to whoever suggested it';
--> statement-breakpoint
comment on table fact_proposals is 'an official figure that a technical partner proposes for a city';
--> statement-breakpoint
comment on column fact_proposals.id is 'key';
--> statement-breakpoint
comment on column fact_proposals.city_id is 'the city';
--> statement-breakpoint
comment on column fact_proposals.fact is 'which figure';
--> statement-breakpoint
comment on column fact_proposals.value is 'its value';
--> statement-breakpoint
comment on column fact_proposals.year is 'year it holds for';
--> statement-breakpoint
comment on column fact_proposals.source is 'where it was published';
--> statement-breakpoint
comment on column fact_proposals.quality is 'quality of the source';
--> statement-breakpoint
comment on column fact_proposals.note is 'a sentence to the city';
--> statement-breakpoint
comment on column fact_proposals.proposed_by is 'who proposed it';
--> statement-breakpoint
comment on column fact_proposals.created_at is 'when proposed';
--> statement-breakpoint
comment on column fact_proposals.withdrawn_at is 'when taken back';
--> statement-breakpoint
comment on column fact_proposals.decided_at is 'when the city decided';
--> statement-breakpoint
comment on column fact_proposals.decided_by is 'who decided';
--> statement-breakpoint
comment on column fact_proposals.decision is 'accepted or declined';
--> statement-breakpoint
comment on column fact_proposals.decision_note is 'a sentence to the partner';
--> statement-breakpoint
comment on table precheck_marks is 'what a technical partner finds of an answer before it is handed in; never a review';
--> statement-breakpoint
comment on column precheck_marks.assessment_id is 'the assessment';
--> statement-breakpoint
comment on column precheck_marks.question_id is 'the question';
--> statement-breakpoint
comment on column precheck_marks.city_id is 'the city';
--> statement-breakpoint
comment on column precheck_marks.mark is 'ready or needs-work';
--> statement-breakpoint
comment on column precheck_marks.remark is 'what is missing';
--> statement-breakpoint
comment on column precheck_marks.answer_version is 'version of the answer that was looked at';
--> statement-breakpoint
comment on column precheck_marks.version is 'rises with every change';
--> statement-breakpoint
comment on column precheck_marks.marked_at is 'when';
--> statement-breakpoint
comment on column precheck_marks.marked_by is 'who looked';
--> statement-breakpoint
comment on table threads is 'a conversation about a question inside a city; it stays with the question across waves';
--> statement-breakpoint
comment on column threads.id is 'key';
--> statement-breakpoint
comment on column threads.city_id is 'the city';
--> statement-breakpoint
comment on column threads.question_id is 'the question';
--> statement-breakpoint
comment on column threads.assessment_id is 'the assessment in which it began';
--> statement-breakpoint
comment on column threads.is_shared is 'technical partners with the right to read see it, too';
--> statement-breakpoint
comment on column threads.version is 'rises with every change';
--> statement-breakpoint
comment on column threads.created_at is 'when it began';
--> statement-breakpoint
comment on column threads.created_by is 'who began it';
--> statement-breakpoint
comment on column threads.guest_id is 'the guest who began it, if any';
--> statement-breakpoint
comment on column threads.closed_at is 'when it was closed; null = open';
--> statement-breakpoint
comment on column threads.closed_by is 'who closed it';
--> statement-breakpoint
comment on table messages is 'one message of a conversation';
--> statement-breakpoint
comment on column messages.id is 'key';
--> statement-breakpoint
comment on column messages.thread_id is 'the conversation';
--> statement-breakpoint
comment on column messages.city_id is 'the city';
--> statement-breakpoint
comment on column messages.text is 'what was written';
--> statement-breakpoint
comment on column messages.language is 'language it is written in';
--> statement-breakpoint
comment on column messages.mentions is 'people who are named in it';
--> statement-breakpoint
comment on column messages.person_id is 'who wrote it';
--> statement-breakpoint
comment on column messages.guest_id is 'the guest who wrote it, if any';
--> statement-breakpoint
comment on column messages.created_at is 'when';
--> statement-breakpoint
comment on column messages.withdrawn_at is 'when its author took it back';
--> statement-breakpoint
comment on table translations is 'an answer''s texts in another language, beside the original';
--> statement-breakpoint
comment on column translations.assessment_id is 'the assessment';
--> statement-breakpoint
comment on column translations.question_id is 'the question';
--> statement-breakpoint
comment on column translations.language is 'language of the translation';
--> statement-breakpoint
comment on column translations.city_id is 'the city';
--> statement-breakpoint
comment on column translations.explanation is 'translated explanation';
--> statement-breakpoint
comment on column translations.reason is 'translated reason why the question does not apply';
--> statement-breakpoint
comment on column translations.source_hash is 'SHA-256 of the original texts that were translated; another hash now = outdated';
--> statement-breakpoint
comment on column translations.version is 'rises with every change';
--> statement-breakpoint
comment on column translations.translated_at is 'when';
--> statement-breakpoint
comment on column translations.translated_by is 'who translated it';
--> statement-breakpoint
comment on column translations.checked_at is 'when somebody else, or the translator on second reading, checked it; null = draft';
--> statement-breakpoint
comment on column translations.checked_by is 'who checked it';
--> statement-breakpoint
comment on table notices is 'what a person should hear of; sent in the daily digest or at once';
--> statement-breakpoint
comment on column notices.id is 'key';
--> statement-breakpoint
comment on column notices.person_id is 'whom it concerns';
--> statement-breakpoint
comment on column notices.city_id is 'the city, if any';
--> statement-breakpoint
comment on column notices.kind is 'what happened: a key of the texts';
--> statement-breakpoint
comment on column notices.subject is 'what it is about: keys and names needed for the sentence';
--> statement-breakpoint
comment on column notices.address is 'page it leads to';
--> statement-breakpoint
comment on column notices.created_at is 'when';
--> statement-breakpoint
comment on column notices.created_by is 'whose action it was';
--> statement-breakpoint
comment on column notices.is_urgent is 'sent at once instead of in the digest';
--> statement-breakpoint
comment on column notices.withdrawn_at is 'the action was undone before anything was sent';
--> statement-breakpoint
comment on column notices.sent_at is 'when it was mailed';
--> statement-breakpoint
comment on column notices.seen_at is 'when it was seen in Tessera';
--> statement-breakpoint
comment on table digests is 'digests that were sent: one a day per person at most';
--> statement-breakpoint
comment on column digests.person_id is 'to whom';
--> statement-breakpoint
comment on column digests.day is 'the day where the person lives';
--> statement-breakpoint
comment on column digests.sent_at is 'when';
--> statement-breakpoint
comment on column digests.notices is 'how many notices it held';
--> statement-breakpoint
comment on table sign_off_steps is 'the chain of people who sign before a city hands in';
--> statement-breakpoint
comment on column sign_off_steps.id is 'key';
--> statement-breakpoint
comment on column sign_off_steps.city_id is 'the city';
--> statement-breakpoint
comment on column sign_off_steps.position is '1 signs first';
--> statement-breakpoint
comment on column sign_off_steps.name is 'such as "Head of department", "Mayor", "Council"';
--> statement-breakpoint
comment on column sign_off_steps.person_id is 'the approver who signs; null = any approver of the city';
--> statement-breakpoint
comment on column sign_off_steps.dimensions is 'areas this step signs; null = all';
--> statement-breakpoint
comment on column sign_off_steps.version is 'rises with every change';
--> statement-breakpoint
comment on column sign_off_steps.created_at is 'when added';
--> statement-breakpoint
comment on column sign_off_steps.created_by is 'who added it';
--> statement-breakpoint
comment on column sign_off_steps.ended_at is 'when it was taken out of the chain';
--> statement-breakpoint
comment on table sign_offs is 'who signed or sent back which state of the answers';
--> statement-breakpoint
comment on column sign_offs.id is 'key';
--> statement-breakpoint
comment on column sign_offs.assessment_id is 'the assessment';
--> statement-breakpoint
comment on column sign_offs.city_id is 'the city';
--> statement-breakpoint
comment on column sign_offs.step_id is 'the step of the chain';
--> statement-breakpoint
comment on column sign_offs.decision is 'signed or sent-back';
--> statement-breakpoint
comment on column sign_offs.note is 'what to change, when sent back; a remark otherwise';
--> statement-breakpoint
comment on column sign_offs.question_id is 'the question that was sent back, if a single one';
--> statement-breakpoint
comment on column sign_offs.content_hash is 'SHA-256 of the answers that were looked at';
--> statement-breakpoint
comment on column sign_offs.versions is 'version of each answer that was looked at, by question';
--> statement-breakpoint
comment on column sign_offs.decided_at is 'when';
--> statement-breakpoint
comment on column sign_offs.decided_by is 'who';
--> statement-breakpoint
comment on table files is 'a file of a city as it lies on the disk';
--> statement-breakpoint
comment on column files.id is 'key';
--> statement-breakpoint
comment on column files.city_id is 'the city';
--> statement-breakpoint
comment on column files.sha256 is 'SHA-256 of the bytes';
--> statement-breakpoint
comment on column files.size is 'bytes';
--> statement-breakpoint
comment on column files.media_type is 'type found from the bytes';
--> statement-breakpoint
comment on column files.name is 'name it was uploaded with';
--> statement-breakpoint
comment on column files.stored_as is 'random name on the disk';
--> statement-breakpoint
comment on column files.pages is 'number of pages, where there are pages';
--> statement-breakpoint
comment on column files.extracted_at is 'when its text was read; null = not yet';
--> statement-breakpoint
comment on column files.scan is 'not-scanned or clean';
--> statement-breakpoint
comment on column files.created_at is 'when uploaded';
--> statement-breakpoint
comment on column files.created_by is 'who uploaded it';
--> statement-breakpoint
comment on column files.guest_id is 'the guest who uploaded it, if any';
--> statement-breakpoint
comment on table uploads is 'an upload that is under way and can be continued';
--> statement-breakpoint
comment on column uploads.id is 'key';
--> statement-breakpoint
comment on column uploads.city_id is 'the city';
--> statement-breakpoint
comment on column uploads.name is 'name of the file';
--> statement-breakpoint
comment on column uploads.size is 'bytes in all';
--> statement-breakpoint
comment on column uploads.sha256 is 'SHA-256 that the sender computed';
--> statement-breakpoint
comment on column uploads.received is 'bytes that are safe on the disk';
--> statement-breakpoint
comment on column uploads.stored_as is 'random name of the temporary file';
--> statement-breakpoint
comment on column uploads.created_at is 'when begun';
--> statement-breakpoint
comment on column uploads.updated_at is 'when the last bytes came';
--> statement-breakpoint
comment on column uploads.created_by is 'who uploads';
--> statement-breakpoint
comment on column uploads.guest_id is 'the guest who uploads, if any';
--> statement-breakpoint
comment on column uploads.file_id is 'the file it became; null = not finished';
--> statement-breakpoint
comment on table evidence is 'the city''s library: one entry per document or link';
--> statement-breakpoint
comment on column evidence.id is 'key';
--> statement-breakpoint
comment on column evidence.city_id is 'the city';
--> statement-breakpoint
comment on column evidence.file_id is 'the file; null = a link';
--> statement-breakpoint
comment on column evidence.url is 'the link; null = a file';
--> statement-breakpoint
comment on column evidence.title is 'title as readers see it';
--> statement-breakpoint
comment on column evidence.kind is 'decision, strategy, statistics, report, minutes, contract, website, photo, other';
--> statement-breakpoint
comment on column evidence.dated_on is 'date of the document';
--> statement-breakpoint
comment on column evidence.valid_from is 'since when it is valid';
--> statement-breakpoint
comment on column evidence.valid_until is 'until when it is valid; null = no end';
--> statement-breakpoint
comment on column evidence.is_confidential is 'only the city''s coordinators and approvers, and whoever added it, may open it';
--> statement-breakpoint
comment on column evidence.release_level is 'private, partner, network or public';
--> statement-breakpoint
comment on column evidence.language is 'language of the document';
--> statement-breakpoint
comment on column evidence.note is 'a sentence about it';
--> statement-breakpoint
comment on column evidence.version is 'rises with every change';
--> statement-breakpoint
comment on column evidence.created_at is 'when added';
--> statement-breakpoint
comment on column evidence.created_by is 'who added it';
--> statement-breakpoint
comment on column evidence.guest_id is 'the guest who added it, if any';
--> statement-breakpoint
comment on column evidence.updated_at is 'when changed';
--> statement-breakpoint
comment on column evidence.updated_by is 'who changed it';
--> statement-breakpoint
comment on column evidence.removed_at is 'when it was taken out of the library';
--> statement-breakpoint
comment on column evidence.removed_by is 'who took it out';
--> statement-breakpoint
comment on table evidence_pages is 'text of a file, page by page, read on this server';
--> statement-breakpoint
comment on column evidence_pages.file_id is 'the file';
--> statement-breakpoint
comment on column evidence_pages.page is 'page, from 1; 1 for files without pages';
--> statement-breakpoint
comment on column evidence_pages.city_id is 'the city';
--> statement-breakpoint
comment on column evidence_pages.text is 'its text';
--> statement-breakpoint
comment on table citations is 'where in the library an answer is proved';
--> statement-breakpoint
comment on column citations.id is 'key';
--> statement-breakpoint
comment on column citations.city_id is 'the city';
--> statement-breakpoint
comment on column citations.assessment_id is 'the assessment';
--> statement-breakpoint
comment on column citations.question_id is 'the question';
--> statement-breakpoint
comment on column citations.evidence_id is 'the entry of the library';
--> statement-breakpoint
comment on column citations.page is 'the page; null = the whole document';
--> statement-breakpoint
comment on column citations.quotation is 'the words that prove it';
--> statement-breakpoint
comment on column citations.note is 'a sentence about it';
--> statement-breakpoint
comment on column citations.valid_until is 'until when it proves the answer; null = as long as the document is valid';
--> statement-breakpoint
comment on column citations.created_at is 'when cited';
--> statement-breakpoint
comment on column citations.created_by is 'who cited it';
--> statement-breakpoint
comment on column citations.guest_id is 'the guest who cited it, if any';
--> statement-breakpoint
comment on column citations.removed_at is 'when it was taken back';
--> statement-breakpoint
comment on column citations.removed_by is 'who took it back';
--> statement-breakpoint
comment on table inbox_items is 'an uploaded file that waits for its questions';
--> statement-breakpoint
comment on column inbox_items.id is 'key';
--> statement-breakpoint
comment on column inbox_items.city_id is 'the city';
--> statement-breakpoint
comment on column inbox_items.assessment_id is 'the assessment it is filed for';
--> statement-breakpoint
comment on column inbox_items.evidence_id is 'the entry of the library';
--> statement-breakpoint
comment on column inbox_items.proposals is 'proposed questions, best first, with what speaks for each';
--> statement-breakpoint
comment on column inbox_items.created_at is 'when it came in';
--> statement-breakpoint
comment on column inbox_items.created_by is 'who uploaded it';
--> statement-breakpoint
comment on column inbox_items.filed_at is 'when a person filed it';
--> statement-breakpoint
comment on column inbox_items.filed_by is 'who filed it';
--> statement-breakpoint
comment on column inbox_items.dismissed_at is 'when it was put aside without a question';
--> statement-breakpoint
comment on table access_tokens is 'a token with which a person''s script uses the API';
--> statement-breakpoint
comment on column access_tokens.id is 'key';
--> statement-breakpoint
comment on column access_tokens.person_id is 'whose rights it has, at most';
--> statement-breakpoint
comment on column access_tokens.name is 'what it is for, in the owner''s words';
--> statement-breakpoint
comment on column access_tokens.token_hash is 'SHA-256 of the token';
--> statement-breakpoint
comment on column access_tokens.scopes is 'what it may do: read, answers, evidence, manage';
--> statement-breakpoint
comment on column access_tokens.created_at is 'when made';
--> statement-breakpoint
comment on column access_tokens.expires_at is 'until when it works';
--> statement-breakpoint
comment on column access_tokens.last_used_at is 'when it was last used, to the hour';
--> statement-breakpoint
comment on column access_tokens.revoked_at is 'when it was revoked';
--> statement-breakpoint
comment on table saved_groups is 'a group of cities that a person compares with';
--> statement-breakpoint
comment on column saved_groups.id is 'key';
--> statement-breakpoint
comment on column saved_groups.person_id is 'whose group it is';
--> statement-breakpoint
comment on column saved_groups.name is 'its name';
--> statement-breakpoint
comment on column saved_groups.cities is 'addresses of the cities in it';
--> statement-breakpoint
comment on column saved_groups.version is 'rises with every change';
--> statement-breakpoint
comment on column saved_groups.created_at is 'when made';
--> statement-breakpoint
comment on column saved_groups.updated_at is 'when changed';
--> statement-breakpoint
comment on table earlier_imports is 'a file of earlier results that was taken in';
--> statement-breakpoint
comment on column earlier_imports.id is 'key';
--> statement-breakpoint
comment on column earlier_imports.file_name is 'name of the file';
--> statement-breakpoint
comment on column earlier_imports.file_hash is 'SHA-256 of the file';
--> statement-breakpoint
comment on column earlier_imports.row_count is 'figures in it';
--> statement-breakpoint
comment on column earlier_imports.created_at is 'when taken in';
--> statement-breakpoint
comment on column earlier_imports.created_by is 'who took it in';
--> statement-breakpoint
comment on column earlier_imports.removed_at is 'when it was taken out again';
--> statement-breakpoint
comment on column earlier_imports.removed_by is 'who took it out';
--> statement-breakpoint
comment on table earlier_results is 'a figure of an earlier evaluation, with instrument, year and source';
--> statement-breakpoint
comment on column earlier_results.id is 'key';
--> statement-breakpoint
comment on column earlier_results.import_id is 'the file it came in';
--> statement-breakpoint
comment on column earlier_results.row is 'row of the file';
--> statement-breakpoint
comment on column earlier_results.city is 'name of the city';
--> statement-breakpoint
comment on column earlier_results.country is 'country, ISO 3166-1 alpha-2';
--> statement-breakpoint
comment on column earlier_results.year is 'year of the evaluation';
--> statement-breakpoint
comment on column earlier_results.instrument is 'name of the questionnaire';
--> statement-breakpoint
comment on column earlier_results.instrument_version is 'its version';
--> statement-breakpoint
comment on column earlier_results.code is 'which figure: index, or an area or indicator of that questionnaire';
--> statement-breakpoint
comment on column earlier_results.value is '0 to 100';
--> statement-breakpoint
comment on column earlier_results.source is 'where it was published, or who delivered it';
--> statement-breakpoint
comment on column earlier_results.remark is 'what has to be known of it';
--> statement-breakpoint
comment on column answers.guest_id is 'the guest who last changed it, if any';
--> statement-breakpoint
comment on column answer_history.guest_id is 'the guest who saved it, if any';
--> statement-breakpoint
comment on column answer_history.origin is 'where the words came from, when they were not typed: suggestion, still-true, joint, spreadsheet, quick-check';
--> statement-breakpoint
comment on column people.digest_hour is 'hour of the day, 0 to 23, at which the daily digest is sent; null = no digest';
--> statement-breakpoint
comment on column people.time_zone is 'time zone of the person, IANA name';
--> statement-breakpoint
alter table answers add constraint answers_guest foreign key (guest_id, city_id) references guest_links (id, city_id);
--> statement-breakpoint
alter table answer_history add constraint answer_history_guest foreign key (guest_id, city_id) references guest_links (id, city_id);
--> statement-breakpoint
select set_config('tessera.scope', 'network', true);
--> statement-breakpoint
insert into partner_rights (membership_id, city_id, "right")
select id, city_id, unnest('{read,evidence,suggest,facts}'::text[]) from memberships where role = 'technical-partner' and ended_at is null;
