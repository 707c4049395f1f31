-- What stands behind the rule of blindness: before both experts have signed, a transaction of one expert finds no decision of the
-- other, whatever it asks; and a transaction of a city finds none before the lead has shared them.
create function is_revealed(of_review uuid) returns boolean language sql stable as $$
  select count(distinct part) = 2 from review_assignments where review_id = of_review and ended_at is null and signed_at is not null
$$;
--> statement-breakpoint
create function is_shared(of_review uuid) returns boolean language sql stable as $$
  select exists (select 1 from reviews where id = of_review and shared_at is not null)
$$;
--> statement-breakpoint
drop policy city_isolation on judgements;
--> statement-breakpoint
create policy city_isolation on judgements using (
  current_setting('tessera.scope', true) = any ('{network}')
  or (city_id = any (string_to_array(current_setting('tessera.cities', true), ',')::uuid[]) and is_shared(review_id)));
--> statement-breakpoint
drop policy review_access on judgements;
--> statement-breakpoint
create policy review_access on judgements using (current_setting('tessera.reviewed', true) = 'all'
  or (city_id = any (string_to_array(nullif(current_setting('tessera.reviewed', true), 'all'), ',')::uuid[])
    and (person_id::text = current_setting('tessera.judge', true) or is_revealed(review_id))));
--> statement-breakpoint
drop policy city_isolation on adjudications;
--> statement-breakpoint
create policy city_isolation on adjudications using (
  current_setting('tessera.scope', true) = any ('{network}')
  or (city_id = any (string_to_array(current_setting('tessera.cities', true), ',')::uuid[]) and is_shared(review_id)));
--> statement-breakpoint
drop policy city_isolation on document_views;
--> statement-breakpoint
create policy city_isolation on document_views using (current_setting('tessera.scope', true) = any ('{network}'));
--> statement-breakpoint
drop policy review_access on document_views;
--> statement-breakpoint
create policy review_access on document_views using (
  city_id = any (string_to_array(nullif(current_setting('tessera.reviewed', true), 'all'), ',')::uuid[])
  and person_id::text = current_setting('tessera.judge', true));
