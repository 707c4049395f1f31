-- Four eyes, kept by the database itself: whoever hands in does not open the review; whoever works on it does not settle, sign or
-- publish it; it is published only after somebody else has signed; and what is signed stays as it is. The functions look at all rows of
-- the review, in whatever context the transaction stands.
create function works_on(review uuid, person uuid) returns boolean language plpgsql as $$
declare
  scope_before text := current_setting('tessera.scope', true);
  found boolean;
begin
  perform set_config('tessera.scope', 'network', true);
  select exists (select 1 from review_assignments a where a.review_id = review and a.person_id = person)
    or exists (select 1 from judgements j where j.review_id = review and j.person_id = person) into found;
  perform set_config('tessera.scope', coalesce(scope_before, ''), true);
  return found;
end $$;
--> statement-breakpoint
create function decides_on(review uuid, person uuid) returns boolean language plpgsql as $$
declare
  scope_before text := current_setting('tessera.scope', true);
  found boolean;
begin
  perform set_config('tessera.scope', 'network', true);
  select exists (select 1 from adjudications d where d.review_id = review and d.decided_by = person)
    or exists (select 1 from reviews r where r.id = review and person in (r.signed_by, r.published_by)) into found;
  perform set_config('tessera.scope', coalesce(scope_before, ''), true);
  return found;
end $$;
--> statement-breakpoint
create function is_review_signed(review uuid) returns boolean language plpgsql as $$
declare
  scope_before text := current_setting('tessera.scope', true);
  found boolean;
begin
  perform set_config('tessera.scope', 'network', true);
  select exists (select 1 from reviews r where r.id = review and r.signed_at is not null) into found;
  perform set_config('tessera.scope', coalesce(scope_before, ''), true);
  return found;
end $$;
--> statement-breakpoint
create function handed_in_by(frozen uuid) returns uuid language plpgsql as $$
declare
  scope_before text := current_setting('tessera.scope', true);
  found uuid;
begin
  perform set_config('tessera.scope', 'network', true);
  select f.frozen_by into found from frozen_assessments f where f.id = frozen;
  perform set_config('tessera.scope', coalesce(scope_before, ''), true);
  return found;
end $$;
--> statement-breakpoint
create function review_four_eyes() returns trigger language plpgsql as $$
begin
  if tg_op = 'INSERT' then
    if new.opened_by = handed_in_by(new.frozen_id) then
      raise exception 'whoever has handed in does not open the review' using errcode = 'restrict_violation';
    end if;
  else
    if (new.id, new.assessment_id, new.city_id, new.wave_id, new.frozen_id, new.registration_id, new.sample, new.opened_at)
        is distinct from
       (old.id, old.assessment_id, old.city_id, old.wave_id, old.frozen_id, old.registration_id, old.sample, old.opened_at) then
      raise exception 'what a review is about never changes' using errcode = 'restrict_violation';
    end if;
    if old.signed_at is not null and
       (new.signed_at, new.shared_at, new.reply_until, new.closed_at, new.grace_until, new.withdrawn_at)
        is distinct from
       (old.signed_at, old.shared_at, old.reply_until, old.closed_at, old.grace_until, old.withdrawn_at) then
      raise exception 'a signed review never changes' using errcode = 'restrict_violation';
    end if;
    if old.published_at is not null and new.published_at is distinct from old.published_at then
      raise exception 'a published review never changes' using errcode = 'restrict_violation';
    end if;
    -- a name can be forgotten, but nobody takes the place of another
    if (old.signed_at is not null and new.signed_by is not null and new.signed_by is distinct from old.signed_by)
      or (old.published_at is not null and new.published_by is not null and new.published_by is distinct from old.published_by) then
      raise exception 'nobody signs or publishes in the place of another' using errcode = 'restrict_violation';
    end if;
  end if;
  if new.signed_at is not null and (tg_op = 'INSERT' or old.signed_at is null) then
    if new.signed_by is null or new.closed_at is null or new.withdrawn_at is not null or works_on(new.id, new.signed_by) then
      raise exception 'a closed review is signed by somebody who has not worked on it' using errcode = 'restrict_violation';
    end if;
  end if;
  if new.published_at is not null and (tg_op = 'INSERT' or old.published_at is null) then
    if (tg_op = 'UPDATE' and old.signed_at is null) or new.signed_by is null or new.published_by is null
      or new.published_by = new.signed_by or works_on(new.id, new.published_by) then
      raise exception 'a review is published by somebody else than who signed it before' using errcode = 'restrict_violation';
    end if;
  end if;
  return new;
end $$;
--> statement-breakpoint
create trigger four_eyes before insert or update on reviews for each row execute function review_four_eyes();
--> statement-breakpoint
create function adjudication_four_eyes() returns trigger language plpgsql as $$
begin
  if works_on(new.review_id, new.decided_by) then
    raise exception 'an expert of the review does not settle its disagreements' using errcode = 'restrict_violation';
  end if;
  if is_review_signed(new.review_id) then
    raise exception 'a signed review never changes' using errcode = 'restrict_violation';
  end if;
  return new;
end $$;
--> statement-breakpoint
create trigger four_eyes before insert on adjudications for each row execute function adjudication_four_eyes();
--> statement-breakpoint
create function judgement_four_eyes() returns trigger language plpgsql as $$
begin
  if decides_on(new.review_id, new.person_id) then
    raise exception 'whoever settles, signs or publishes a review is none of its experts' using errcode = 'restrict_violation';
  end if;
  if is_review_signed(new.review_id) then
    raise exception 'a signed review never changes' using errcode = 'restrict_violation';
  end if;
  return new;
end $$;
--> statement-breakpoint
create trigger four_eyes before insert on judgements for each row execute function judgement_four_eyes();
--> statement-breakpoint
create function assignment_four_eyes() returns trigger language plpgsql as $$
declare
  scope_before text := current_setting('tessera.scope', true);
  has_other_part boolean;
begin
  if tg_op = 'UPDATE' and (new.review_id, new.city_id, new.person_id, new.part)
      is distinct from (old.review_id, old.city_id, old.person_id, old.part) then
    raise exception 'an assignment ends; it never becomes that of another' using errcode = 'restrict_violation';
  end if;
  if tg_op = 'INSERT' then
    perform set_config('tessera.scope', 'network', true);
    select exists (select 1 from review_assignments a
      where a.review_id = new.review_id and a.person_id = new.person_id and a.part <> new.part) into has_other_part;
    perform set_config('tessera.scope', coalesce(scope_before, ''), true);
    if has_other_part or decides_on(new.review_id, new.person_id) then
      raise exception 'one person has one part in a review' using errcode = 'restrict_violation';
    end if;
  end if;
  return new;
end $$;
--> statement-breakpoint
create trigger four_eyes before insert or update on review_assignments for each row execute function assignment_four_eyes();
--> statement-breakpoint
create function verified_result_four_eyes() returns trigger language plpgsql as $$
declare
  scope_before text := current_setting('tessera.scope', true);
  is_bound boolean;
begin
  perform set_config('tessera.scope', 'network', true);
  select exists (select 1 from reviews r join method_registrations m on m.id = r.registration_id
    where r.id = new.review_id and r.wave_id = new.wave_id and r.published_at is not null and m.content_hash = new.method_hash) into is_bound;
  perform set_config('tessera.scope', coalesce(scope_before, ''), true);
  if not is_bound then
    raise exception 'a verified result belongs to a published review and to its registered method' using errcode = 'restrict_violation';
  end if;
  return new;
end $$;
--> statement-breakpoint
create trigger four_eyes before insert on verified_results for each row execute function verified_result_four_eyes();
