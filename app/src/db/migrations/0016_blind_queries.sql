-- As with decisions, before both experts have signed: a transaction of an expert finds the queries of their own part only, with the
-- replies and the later versions of answers that came with them. Whoever takes a part over finds what was asked before them. Queries
-- of a review that was given up remain with the copy, whose next review is open to both experts alike.
create function is_of_own_part(of_review uuid, asker uuid) returns boolean language sql stable as $$
  select exists (select 1 from review_assignments own
    where own.review_id = of_review and own.person_id::text = current_setting('tessera.judge', true) and own.ended_at is null
    and own.part = (select a.part from review_assignments a where a.review_id = of_review and a.person_id = asker
      order by a.assigned_at desc limit 1))
$$;
--> statement-breakpoint
create function is_withdrawn(of_review uuid) returns boolean language sql stable as $$
  select exists (select 1 from reviews where id = of_review and withdrawn_at is not null)
$$;
--> statement-breakpoint
drop policy review_access on review_queries;
--> statement-breakpoint
create policy review_access on review_queries using (current_setting('tessera.reviewed', true) = 'all'
  or (city_id = any (string_to_array(nullif(current_setting('tessera.reviewed', true), 'all'), ',')::uuid[])
    and (is_of_own_part(review_id, asked_by) or is_revealed(review_id) or is_withdrawn(review_id))))
  with check (current_setting('tessera.reviewed', true) = 'all'
  or (city_id = any (string_to_array(nullif(current_setting('tessera.reviewed', true), 'all'), ',')::uuid[])
    and is_of_own_part(review_id, asked_by)));
--> statement-breakpoint
drop policy review_access on query_replies;
--> statement-breakpoint
create policy review_access on query_replies using (current_setting('tessera.reviewed', true) = 'all'
  or (city_id = any (string_to_array(nullif(current_setting('tessera.reviewed', true), 'all'), ',')::uuid[])
    and exists (select 1 from review_queries q where q.id = query_replies.query_id)));
--> statement-breakpoint
drop policy review_access on frozen_answer_versions;
--> statement-breakpoint
create policy review_access on frozen_answer_versions using (current_setting('tessera.reviewed', true) = 'all'
  or (city_id = any (string_to_array(nullif(current_setting('tessera.reviewed', true), 'all'), ',')::uuid[])
    and exists (select 1 from review_queries q where q.id = frozen_answer_versions.query_id)));
