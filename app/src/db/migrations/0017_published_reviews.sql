-- The comparison of cities shows verified scores beside self-reported ones. It finds out which handed-in copy a published review was of;
-- of a review that is not published it finds nothing.
create policy published_in_comparison on reviews for select using (
  current_setting('tessera.scope', true) = 'comparison' and published_at is not null and withdrawn_at is null);
