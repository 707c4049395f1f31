-- Experts and the lead of the evaluation belong to no city, so what they are told belongs to none either. They read it while
-- reviews are open to them; whose a notice is, the queries say.
create policy review_told on notices using (city_id is null and nullif(current_setting('tessera.reviewed', true), '') is not null);
