-- A session tells whether a second factor stands behind it: that of the account, or that of the organisation's sign-in.
comment on column sessions.is_multi_factor is 'the organisation''s sign-in, with which this session began, has asked for a second factor';
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
    'hasSecondFactor', p.two_factor_enabled or s.is_multi_factor,
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
