-- Isolation, rows that never change and comments for the review of frozen copies. Experts see what they were assigned to
-- (setting tessera.reviewed, set by inContext), through policies of their own.
alter table reviews enable row level security;
--> statement-breakpoint
alter table reviews force row level security;
--> statement-breakpoint
create policy city_isolation on reviews using (
  city_id = any (string_to_array(current_setting('tessera.cities', true), ',')::uuid[])
  or current_setting('tessera.scope', true) = any ('{network}'));
--> statement-breakpoint
create policy review_access on reviews using ((current_setting('tessera.reviewed', true) = 'all'
  or city_id = any (string_to_array(nullif(current_setting('tessera.reviewed', true), 'all'), ',')::uuid[])));
--> statement-breakpoint
alter table review_assignments enable row level security;
--> statement-breakpoint
alter table review_assignments force row level security;
--> statement-breakpoint
create policy city_isolation on review_assignments using (
  city_id = any (string_to_array(current_setting('tessera.cities', true), ',')::uuid[])
  or current_setting('tessera.scope', true) = any ('{network}'));
--> statement-breakpoint
create policy review_access on review_assignments using ((current_setting('tessera.reviewed', true) = 'all'
  or city_id = any (string_to_array(nullif(current_setting('tessera.reviewed', true), 'all'), ',')::uuid[])));
--> statement-breakpoint
alter table judgements enable row level security;
--> statement-breakpoint
alter table judgements force row level security;
--> statement-breakpoint
create policy city_isolation on judgements using (
  city_id = any (string_to_array(current_setting('tessera.cities', true), ',')::uuid[])
  or current_setting('tessera.scope', true) = any ('{network}'));
--> statement-breakpoint
create policy review_access on judgements using ((current_setting('tessera.reviewed', true) = 'all'
  or city_id = any (string_to_array(nullif(current_setting('tessera.reviewed', true), 'all'), ',')::uuid[])));
--> statement-breakpoint
alter table adjudications enable row level security;
--> statement-breakpoint
alter table adjudications force row level security;
--> statement-breakpoint
create policy city_isolation on adjudications using (
  city_id = any (string_to_array(current_setting('tessera.cities', true), ',')::uuid[])
  or current_setting('tessera.scope', true) = any ('{network}'));
--> statement-breakpoint
create policy review_access on adjudications using ((current_setting('tessera.reviewed', true) = 'all'
  or city_id = any (string_to_array(nullif(current_setting('tessera.reviewed', true), 'all'), ',')::uuid[])));
--> statement-breakpoint
alter table review_queries enable row level security;
--> statement-breakpoint
alter table review_queries force row level security;
--> statement-breakpoint
create policy city_isolation on review_queries using (
  city_id = any (string_to_array(current_setting('tessera.cities', true), ',')::uuid[])
  or current_setting('tessera.scope', true) = any ('{network}'));
--> statement-breakpoint
create policy review_access on review_queries using ((current_setting('tessera.reviewed', true) = 'all'
  or city_id = any (string_to_array(nullif(current_setting('tessera.reviewed', true), 'all'), ',')::uuid[])));
--> statement-breakpoint
alter table frozen_answer_versions enable row level security;
--> statement-breakpoint
alter table frozen_answer_versions force row level security;
--> statement-breakpoint
create policy city_isolation on frozen_answer_versions using (
  city_id = any (string_to_array(current_setting('tessera.cities', true), ',')::uuid[])
  or current_setting('tessera.scope', true) = any ('{network}'));
--> statement-breakpoint
create policy review_access on frozen_answer_versions using ((current_setting('tessera.reviewed', true) = 'all'
  or city_id = any (string_to_array(nullif(current_setting('tessera.reviewed', true), 'all'), ',')::uuid[])));
--> statement-breakpoint
alter table query_replies enable row level security;
--> statement-breakpoint
alter table query_replies force row level security;
--> statement-breakpoint
create policy city_isolation on query_replies using (
  city_id = any (string_to_array(current_setting('tessera.cities', true), ',')::uuid[])
  or current_setting('tessera.scope', true) = any ('{network}'));
--> statement-breakpoint
create policy review_access on query_replies using ((current_setting('tessera.reviewed', true) = 'all'
  or city_id = any (string_to_array(nullif(current_setting('tessera.reviewed', true), 'all'), ',')::uuid[])));
--> statement-breakpoint
alter table decision_replies enable row level security;
--> statement-breakpoint
alter table decision_replies force row level security;
--> statement-breakpoint
create policy city_isolation on decision_replies using (
  city_id = any (string_to_array(current_setting('tessera.cities', true), ',')::uuid[])
  or current_setting('tessera.scope', true) = any ('{network}'));
--> statement-breakpoint
create policy review_access on decision_replies using ((current_setting('tessera.reviewed', true) = 'all'
  or city_id = any (string_to_array(nullif(current_setting('tessera.reviewed', true), 'all'), ',')::uuid[])));
--> statement-breakpoint
alter table document_views enable row level security;
--> statement-breakpoint
alter table document_views force row level security;
--> statement-breakpoint
create policy city_isolation on document_views using (
  city_id = any (string_to_array(current_setting('tessera.cities', true), ',')::uuid[])
  or current_setting('tessera.scope', true) = any ('{network}'));
--> statement-breakpoint
create policy review_access on document_views using ((current_setting('tessera.reviewed', true) = 'all'
  or city_id = any (string_to_array(nullif(current_setting('tessera.reviewed', true), 'all'), ',')::uuid[])));
--> statement-breakpoint
alter table merge_decisions enable row level security;
--> statement-breakpoint
alter table merge_decisions force row level security;
--> statement-breakpoint
create policy city_isolation on merge_decisions using (
  city_id = any (string_to_array(current_setting('tessera.cities', true), ',')::uuid[])
  or current_setting('tessera.scope', true) = any ('{network}'));
--> statement-breakpoint
create policy review_access on merge_decisions using ((current_setting('tessera.reviewed', true) = 'all'
  or city_id = any (string_to_array(nullif(current_setting('tessera.reviewed', true), 'all'), ',')::uuid[])));
--> statement-breakpoint
alter table verified_results enable row level security;
--> statement-breakpoint
alter table verified_results force row level security;
--> statement-breakpoint
create policy city_isolation on verified_results using (
  city_id = any (string_to_array(current_setting('tessera.cities', true), ',')::uuid[])
  or current_setting('tessera.scope', true) = any ('{network,comparison}'));
--> statement-breakpoint
create policy review_access on verified_results using ((current_setting('tessera.reviewed', true) = 'all'
  or city_id = any (string_to_array(nullif(current_setting('tessera.reviewed', true), 'all'), ',')::uuid[])));
--> statement-breakpoint
create policy review_access on frozen_assessments for select using ((current_setting('tessera.reviewed', true) = 'all'
  or city_id = any (string_to_array(nullif(current_setting('tessera.reviewed', true), 'all'), ',')::uuid[])));
--> statement-breakpoint
create policy review_access on evidence for select using ((current_setting('tessera.reviewed', true) = 'all'
  or city_id = any (string_to_array(nullif(current_setting('tessera.reviewed', true), 'all'), ',')::uuid[])));
--> statement-breakpoint
create policy review_access on evidence_pages for select using ((current_setting('tessera.reviewed', true) = 'all'
  or city_id = any (string_to_array(nullif(current_setting('tessera.reviewed', true), 'all'), ',')::uuid[])));
--> statement-breakpoint
create policy review_access on files for select using ((current_setting('tessera.reviewed', true) = 'all'
  or city_id = any (string_to_array(nullif(current_setting('tessera.reviewed', true), 'all'), ',')::uuid[])));
--> statement-breakpoint
create policy review_access on memberships for select using ((current_setting('tessera.reviewed', true) = 'all'
  or city_id = any (string_to_array(nullif(current_setting('tessera.reviewed', true), 'all'), ',')::uuid[])));
--> statement-breakpoint
create policy review_tells on notices for insert with check (city_id is null or (current_setting('tessera.reviewed', true) = 'all'
  or city_id = any (string_to_array(nullif(current_setting('tessera.reviewed', true), 'all'), ',')::uuid[])));
--> statement-breakpoint
create policy review_access on audit_events for select using ((current_setting('tessera.reviewed', true) = 'all'
  or city_id = any (string_to_array(nullif(current_setting('tessera.reviewed', true), 'all'), ',')::uuid[])));
--> statement-breakpoint
create trigger never_changed before update or delete on method_registrations for each row execute function refuse_change();
--> statement-breakpoint
create trigger never_truncated before truncate on method_registrations for each statement execute function refuse_change();
--> statement-breakpoint
create trigger never_changed before update or delete on interest_declarations for each row execute function refuse_change();
--> statement-breakpoint
create trigger never_truncated before truncate on interest_declarations for each statement execute function refuse_change();
--> statement-breakpoint
create trigger never_changed before update or delete on calibration_judgements for each row execute function refuse_change();
--> statement-breakpoint
create trigger never_truncated before truncate on calibration_judgements for each statement execute function refuse_change();
--> statement-breakpoint
create trigger never_changed before update or delete on judgements for each row execute function refuse_change();
--> statement-breakpoint
create trigger never_truncated before truncate on judgements for each statement execute function refuse_change();
--> statement-breakpoint
create trigger never_changed before update or delete on adjudications for each row execute function refuse_change();
--> statement-breakpoint
create trigger never_truncated before truncate on adjudications for each statement execute function refuse_change();
--> statement-breakpoint
create trigger never_changed before update or delete on frozen_answer_versions for each row execute function refuse_change();
--> statement-breakpoint
create trigger never_truncated before truncate on frozen_answer_versions for each statement execute function refuse_change();
--> statement-breakpoint
create trigger never_changed before update or delete on query_replies for each row execute function refuse_change();
--> statement-breakpoint
create trigger never_truncated before truncate on query_replies for each statement execute function refuse_change();
--> statement-breakpoint
create trigger never_changed before update or delete on decision_replies for each row execute function refuse_change();
--> statement-breakpoint
create trigger never_truncated before truncate on decision_replies for each statement execute function refuse_change();
--> statement-breakpoint
create trigger never_changed before update or delete on merge_decisions for each row execute function refuse_change();
--> statement-breakpoint
create trigger never_truncated before truncate on merge_decisions for each statement execute function refuse_change();
--> statement-breakpoint
create trigger never_changed before update or delete on verified_results for each row execute function refuse_change();
--> statement-breakpoint
create trigger never_truncated before truncate on verified_results for each statement execute function refuse_change();
--> statement-breakpoint
create or replace function signed_in(session_token text) returns jsonb language plpgsql as $$
declare
  scope_before text := current_setting('tessera.scope', true);
  found jsonb;
begin
  perform set_config('tessera.scope', 'network', true);
  select jsonb_build_object(
    'sessionId', s.id,
    'endsAt', s.expires_at,
    'person', jsonb_build_object(
      'id', p.id, 'name', p.name, 'email', p.email, 'language', p.language, 'isDemo', p.is_demo,
      'memberships', (
        select coalesce(jsonb_agg(jsonb_build_object(
          'id', m.id, 'role', m.role, 'cityId', m.city_id,
          'rights', (select coalesce(jsonb_agg(r."right" order by r."right"), '[]') from partner_rights r
            where r.membership_id = m.id and r.revoked_at is null)) order by m.created_at, m.id), '[]')
        from memberships m where m.person_id = p.id and m.ended_at is null),
      'reviewedCityIds', (
        select coalesce(jsonb_agg(distinct a.city_id), '[]') from review_assignments a where a.person_id = p.id and a.ended_at is null)),
    'news', (select count(*) from notices n where n.person_id = p.id and n.seen_at is null and n.withdrawn_at is null))
  into found
  from sessions s join people p on p.id = s.person_id
  where s.token = session_token;
  perform set_config('tessera.scope', coalesce(scope_before, ''), true);
  return found;
end $$;
--> statement-breakpoint
comment on table method_registrations is 'how a wave is evaluated, bound before the first frozen answer is opened to an expert; a later version is a signed addendum';
--> statement-breakpoint
comment on column method_registrations.id is 'key';
--> statement-breakpoint
comment on column method_registrations.wave_id is 'which wave';
--> statement-breakpoint
comment on column method_registrations.version is '1 = the registration, 2 and later = addenda';
--> statement-breakpoint
comment on column method_registrations.content is 'weights, missing rule, ties, share and seed of double scoring, limits of agreement, engine and instrument';
--> statement-breakpoint
comment on column method_registrations.content_hash is 'SHA-256 over the canonical content; publication refuses any other';
--> statement-breakpoint
comment on column method_registrations.reason is 'why an addendum was needed; none for the first';
--> statement-breakpoint
comment on column method_registrations.registered_at is 'when';
--> statement-breakpoint
comment on column method_registrations.registered_by is 'who';
--> statement-breakpoint
comment on table interest_declarations is 'what an expert declares for a wave: cities and employers they are tied to; the newest counts';
--> statement-breakpoint
comment on column interest_declarations.id is 'key';
--> statement-breakpoint
comment on column interest_declarations.wave_id is 'for which wave';
--> statement-breakpoint
comment on column interest_declarations.person_id is 'who declares';
--> statement-breakpoint
comment on column interest_declarations.ties is 'cities with kind of tie and note; an empty list = none';
--> statement-breakpoint
comment on column interest_declarations.declared_at is 'when';
--> statement-breakpoint
comment on table calibration_judgements is 'what a new expert decided about an invented answer, once for each case';
--> statement-breakpoint
comment on column calibration_judgements.id is 'key';
--> statement-breakpoint
comment on column calibration_judgements.person_id is 'who';
--> statement-breakpoint
comment on column calibration_judgements.case_id is 'which case';
--> statement-breakpoint
comment on column calibration_judgements.decision is 'agreed, agreed-with-note, changed, not-supported or need-more';
--> statement-breakpoint
comment on column calibration_judgements.points is 'points that the expert gave; only with changed';
--> statement-breakpoint
comment on column calibration_judgements.note is 'why, in own words';
--> statement-breakpoint
comment on column calibration_judgements.judged_at is 'when';
--> statement-breakpoint
comment on table reviews is 'the review of one frozen copy; its stage follows from the times';
--> statement-breakpoint
comment on column reviews.id is 'key';
--> statement-breakpoint
comment on column reviews.assessment_id is 'whose answers';
--> statement-breakpoint
comment on column reviews.city_id is 'of which city';
--> statement-breakpoint
comment on column reviews.wave_id is 'in which wave';
--> statement-breakpoint
comment on column reviews.frozen_id is 'the copy that is reviewed';
--> statement-breakpoint
comment on column reviews.registration_id is 'the method it is bound to';
--> statement-breakpoint
comment on column reviews.sample is 'questions that two experts score, drawn with the registered seed';
--> statement-breakpoint
comment on column reviews.due_on is 'day by which the experts decide';
--> statement-breakpoint
comment on column reviews.opened_at is 'when the copy was opened to experts';
--> statement-breakpoint
comment on column reviews.opened_by is 'who opened it';
--> statement-breakpoint
comment on column reviews.shared_at is 'when the decisions were shown to the city';
--> statement-breakpoint
comment on column reviews.shared_by is 'who showed them';
--> statement-breakpoint
comment on column reviews.reply_until is 'until when the city may reply to decisions';
--> statement-breakpoint
comment on column reviews.closed_at is 'when the experts ended';
--> statement-breakpoint
comment on column reviews.closed_by is 'who closed it';
--> statement-breakpoint
comment on column reviews.grace_until is 'until when slips can be mended, each with a reason';
--> statement-breakpoint
comment on column reviews.signed_at is 'when the evaluating organisation signed';
--> statement-breakpoint
comment on column reviews.signed_by is 'who signed';
--> statement-breakpoint
comment on column reviews.published_at is 'when the verified result was published';
--> statement-breakpoint
comment on column reviews.published_by is 'who published; never who signed';
--> statement-breakpoint
comment on column reviews.withdrawn_at is 'when it was given up';
--> statement-breakpoint
comment on column reviews.version is 'for conflicts';
--> statement-breakpoint
comment on table review_assignments is 'which expert works on a review, and in which part';
--> statement-breakpoint
comment on column review_assignments.id is 'key';
--> statement-breakpoint
comment on column review_assignments.review_id is 'which review';
--> statement-breakpoint
comment on column review_assignments.city_id is 'of which city';
--> statement-breakpoint
comment on column review_assignments.person_id is 'the expert';
--> statement-breakpoint
comment on column review_assignments.part is 'first = all questions, second = the sample, blind';
--> statement-breakpoint
comment on column review_assignments.due_on is 'day by which they are done';
--> statement-breakpoint
comment on column review_assignments.assigned_at is 'when';
--> statement-breakpoint
comment on column review_assignments.assigned_by is 'who assigned';
--> statement-breakpoint
comment on column review_assignments.overridden_by is 'who let them work in spite of a conflict of interest';
--> statement-breakpoint
comment on column review_assignments.override_reason is 'why, for the record';
--> statement-breakpoint
comment on column review_assignments.override_note is 'what the public is told';
--> statement-breakpoint
comment on column review_assignments.last_question_id is 'where they left';
--> statement-breakpoint
comment on column review_assignments.last_at is 'when they were there last';
--> statement-breakpoint
comment on column review_assignments.signed_at is 'when they signed their decisions';
--> statement-breakpoint
comment on column review_assignments.ended_at is 'when the assignment ended';
--> statement-breakpoint
comment on table judgements is 'what an expert decided about one answer, version after version';
--> statement-breakpoint
comment on column judgements.id is 'key';
--> statement-breakpoint
comment on column judgements.review_id is 'which review';
--> statement-breakpoint
comment on column judgements.city_id is 'of which city';
--> statement-breakpoint
comment on column judgements.question_id is 'which question';
--> statement-breakpoint
comment on column judgements.person_id is 'the expert';
--> statement-breakpoint
comment on column judgements.version is 'counts up for each expert and question';
--> statement-breakpoint
comment on column judgements.answer_version is 'version of the answer in the frozen line that was judged';
--> statement-breakpoint
comment on column judgements.decision is 'agreed, agreed-with-note, changed, not-supported or need-more';
--> statement-breakpoint
comment on column judgements.reason_code is 'kind of reason';
--> statement-breakpoint
comment on column judgements.points is 'points that count instead; only with changed';
--> statement-breakpoint
comment on column judgements.note is 'note among experts';
--> statement-breakpoint
comment on column judgements.report_text is 'text for the report, shown to the city';
--> statement-breakpoint
comment on column judgements.is_for_meeting is 'to be spoken about at the visit';
--> statement-breakpoint
comment on column judgements.seconds is 'time spent on the question, in seconds';
--> statement-breakpoint
comment on column judgements.grace_reason is 'why it was mended after signing';
--> statement-breakpoint
comment on column judgements.decided_at is 'when';
--> statement-breakpoint
comment on table adjudications is 'what counts where two experts disagreed';
--> statement-breakpoint
comment on column adjudications.id is 'key';
--> statement-breakpoint
comment on column adjudications.review_id is 'which review';
--> statement-breakpoint
comment on column adjudications.city_id is 'of which city';
--> statement-breakpoint
comment on column adjudications.question_id is 'which question';
--> statement-breakpoint
comment on column adjudications.version is 'counts up';
--> statement-breakpoint
comment on column adjudications.decision is 'agreed, agreed-with-note, changed, not-supported or need-more';
--> statement-breakpoint
comment on column adjudications.reason_code is 'kind of reason';
--> statement-breakpoint
comment on column adjudications.points is 'points that count; only with changed';
--> statement-breakpoint
comment on column adjudications.reason is 'why, at least ten characters';
--> statement-breakpoint
comment on column adjudications.report_text is 'text for the report';
--> statement-breakpoint
comment on column adjudications.decided_at is 'when';
--> statement-breakpoint
comment on column adjudications.decided_by is 'who; neither of the two experts';
--> statement-breakpoint
comment on table review_queries is 'what an expert asks a city about one answer';
--> statement-breakpoint
comment on column review_queries.id is 'key';
--> statement-breakpoint
comment on column review_queries.review_id is 'which review';
--> statement-breakpoint
comment on column review_queries.city_id is 'which city';
--> statement-breakpoint
comment on column review_queries.question_id is 'which question it opens again';
--> statement-breakpoint
comment on column review_queries.text is 'the question asked';
--> statement-breakpoint
comment on column review_queries.language is 'language of the text';
--> statement-breakpoint
comment on column review_queries.due_on is 'day by which a reply is asked for';
--> statement-breakpoint
comment on column review_queries.asked_at is 'when';
--> statement-breakpoint
comment on column review_queries.asked_by is 'which expert';
--> statement-breakpoint
comment on column review_queries.answered_at is 'when the city said that it is done';
--> statement-breakpoint
comment on column review_queries.closed_at is 'when the expert was content';
--> statement-breakpoint
comment on column review_queries.withdrawn_at is 'when it was taken back';
--> statement-breakpoint
comment on table frozen_answer_versions is 'later versions of one answer of a frozen copy, given in reply to a query; version 1 stands in the copy';
--> statement-breakpoint
comment on column frozen_answer_versions.frozen_id is 'which copy';
--> statement-breakpoint
comment on column frozen_answer_versions.city_id is 'of which city';
--> statement-breakpoint
comment on column frozen_answer_versions.question_id is 'which question';
--> statement-breakpoint
comment on column frozen_answer_versions.version is '2 and later';
--> statement-breakpoint
comment on column frozen_answer_versions.query_id is 'the query that opened it';
--> statement-breakpoint
comment on column frozen_answer_versions.options is 'options chosen';
--> statement-breakpoint
comment on column frozen_answer_versions.missing is 'not-applicable or not-known';
--> statement-breakpoint
comment on column frozen_answer_versions.reason is 'why it does not apply';
--> statement-breakpoint
comment on column frozen_answer_versions.explanation is 'explanation';
--> statement-breakpoint
comment on column frozen_answer_versions.language is 'language of the texts';
--> statement-breakpoint
comment on column frozen_answer_versions.content_hash is 'SHA-256 over the canonical answer';
--> statement-breakpoint
comment on column frozen_answer_versions.saved_at is 'when';
--> statement-breakpoint
comment on column frozen_answer_versions.saved_by is 'who';
--> statement-breakpoint
comment on table query_replies is 'what a city replies to a query';
--> statement-breakpoint
comment on column query_replies.id is 'key';
--> statement-breakpoint
comment on column query_replies.query_id is 'which query';
--> statement-breakpoint
comment on column query_replies.city_id is 'which city';
--> statement-breakpoint
comment on column query_replies.text is 'the reply';
--> statement-breakpoint
comment on column query_replies.language is 'language of the text';
--> statement-breakpoint
comment on column query_replies.frozen_version is 'version of the answer that the reply brought; none = unchanged';
--> statement-breakpoint
comment on column query_replies.written_at is 'when';
--> statement-breakpoint
comment on column query_replies.written_by is 'who';
--> statement-breakpoint
comment on table decision_replies is 'what a city says to a decision, which stays as it is';
--> statement-breakpoint
comment on column decision_replies.id is 'key';
--> statement-breakpoint
comment on column decision_replies.review_id is 'which review';
--> statement-breakpoint
comment on column decision_replies.city_id is 'which city';
--> statement-breakpoint
comment on column decision_replies.question_id is 'which question';
--> statement-breakpoint
comment on column decision_replies.text is 'the reply';
--> statement-breakpoint
comment on column decision_replies.language is 'language of the text';
--> statement-breakpoint
comment on column decision_replies.written_at is 'when';
--> statement-breakpoint
comment on column decision_replies.written_by is 'who';
--> statement-breakpoint
comment on table document_views is 'which documents an expert has opened';
--> statement-breakpoint
comment on column document_views.review_id is 'in which review';
--> statement-breakpoint
comment on column document_views.city_id is 'of which city';
--> statement-breakpoint
comment on column document_views.evidence_id is 'which document';
--> statement-breakpoint
comment on column document_views.person_id is 'which expert';
--> statement-breakpoint
comment on column document_views.seen_at is 'when first';
--> statement-breakpoint
comment on table merge_decisions is 'whether a city took a correction of the experts into its working copy';
--> statement-breakpoint
comment on column merge_decisions.id is 'key';
--> statement-breakpoint
comment on column merge_decisions.review_id is 'which review';
--> statement-breakpoint
comment on column merge_decisions.assessment_id is 'into which working copy';
--> statement-breakpoint
comment on column merge_decisions.city_id is 'which city';
--> statement-breakpoint
comment on column merge_decisions.question_id is 'which question';
--> statement-breakpoint
comment on column merge_decisions.decision is 'taken or kept';
--> statement-breakpoint
comment on column merge_decisions.answer_version is 'version of the working answer that was seen';
--> statement-breakpoint
comment on column merge_decisions.decided_at is 'when';
--> statement-breakpoint
comment on column merge_decisions.decided_by is 'who';
--> statement-breakpoint
comment on table verified_results is 'scores after review, under one weight scheme; never changed';
--> statement-breakpoint
comment on column verified_results.seq is 'order of publication';
--> statement-breakpoint
comment on column verified_results.review_id is 'from which review';
--> statement-breakpoint
comment on column verified_results.city_id is 'of which city';
--> statement-breakpoint
comment on column verified_results.wave_id is 'in which wave';
--> statement-breakpoint
comment on column verified_results.scheme is 'weight scheme';
--> statement-breakpoint
comment on column verified_results.engine_version is 'version of the engine';
--> statement-breakpoint
comment on column verified_results.method_hash is 'hash of the registered method';
--> statement-breakpoint
comment on column verified_results.inputs_hash is 'SHA-256 over frozen hash, decisions, scheme and engine';
--> statement-breakpoint
comment on column verified_results.elements is 'indices, areas and indicators, in order';
--> statement-breakpoint
comment on column verified_results.scores is 'verified score of each, 0-100; null = nothing reviewed';
--> statement-breakpoint
comment on column verified_results.verified_shares is 'share of effective weight that was reviewed, 0-1';
--> statement-breakpoint
comment on column verified_results.exact_scores is 'the same scores as fractions in lowest terms';
--> statement-breakpoint
comment on column verified_results.published_at is 'when';
