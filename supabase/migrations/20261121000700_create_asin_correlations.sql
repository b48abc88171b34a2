-- Other ASINs a product's video also fits. Added by hand or by the finder, accepted or rejected by the user;
-- accepting makes tasks (see the inheritance migrations).

create table public.asin_correlations (
  id uuid primary key default private.uuid_v7(),
  user_id uuid not null default auth.uid() references auth.users (id) on delete cascade,
  product_id uuid not null,
  search_asin text not null default '',
  asin text not null,
  marketplace text,
  source text not null default 'manual',
  status text not null default 'candidate',
  title text,
  image_url text,
  score numeric(5, 4),
  reasons text[] not null default '{}',
  accepted_at timestamptz,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  constraint correlation_belongs_to_its_user unique (user_id, id),
  constraint correlation_is_listed_once unique nulls not distinct (user_id, product_id, asin, marketplace),
  constraint correlation_product_is_its_users foreign key (user_id, product_id)
    references public.sourced_products (user_id, id) on delete cascade,
  constraint correlated_asin_has_ten_letters_or_digits check (asin ~ '^[A-Z0-9]{10}$'),
  constraint correlated_asin_is_another_one check (asin <> search_asin),
  constraint correlation_marketplace_is_known check (marketplace in ('US', 'CA', 'UK', 'DE')),
  constraint correlation_source_is_known check (source in ('manual', 'keepa')),
  constraint correlation_status_is_known check (status in ('candidate', 'accepted', 'rejected')),
  constraint correlation_title_is_short check (char_length(title) <= 500),
  constraint correlation_image_url_is_https check (image_url ~ '^https://' and char_length(image_url) <= 2048),
  constraint correlation_score_is_between_0_and_1 check (score between 0 and 1),
  constraint accepted_at_is_set_while_accepted check ((status = 'accepted') = (accepted_at is not null))
);

create index asin_correlations_status_idx on public.asin_correlations (user_id, product_id, status);
create index asin_correlations_search_asin_idx on public.asin_correlations (user_id, search_asin);

comment on table public.asin_correlations is 'Another ASIN the videos of a product fit as well.';
comment on column public.asin_correlations.search_asin is 'The product''s own ASIN, filled by a trigger.';
comment on column public.asin_correlations.marketplace is
  'Marketplace the ASIN is sold in; null stands for every marketplace the product has enabled.';
comment on column public.asin_correlations.score is 'How alike the finder thinks they are, 0 to 1; null when manual.';
comment on column public.asin_correlations.reasons is 'Why the finder proposed it, a few words each.';

revoke all on public.asin_correlations from public, anon, authenticated, service_role;
grant select, delete on public.asin_correlations to authenticated;
grant insert (user_id, product_id, asin, marketplace, status, title, image_url)
  on public.asin_correlations to authenticated;
grant update (status, title, image_url) on public.asin_correlations to authenticated;
grant select, insert, update, delete on public.asin_correlations to service_role;

alter table public.asin_correlations enable row level security;

create policy "Users read their own correlations" on public.asin_correlations
  for select to authenticated using ((select auth.uid()) = user_id);
create policy "Users add their own correlations" on public.asin_correlations
  for insert to authenticated with check ((select auth.uid()) = user_id);
create policy "Users decide on their own correlations" on public.asin_correlations
  for update to authenticated
  using ((select auth.uid()) = user_id) with check ((select auth.uid()) = user_id);
create policy "Users delete their own correlations" on public.asin_correlations
  for delete to authenticated using ((select auth.uid()) = user_id);

create function private.fill_correlation() returns trigger
language plpgsql
set search_path = ''
as $$
begin
  if tg_op = 'INSERT' then
    -- A missing or foreign product leaves it empty; the foreign key then refuses the row.
    new.search_asin := coalesce(
      (select p.asin from public.sourced_products p where p.user_id = new.user_id and p.id = new.product_id), ''
    );
  end if;
  if new.asin = new.search_asin then
    raise sqlstate 'PT422' using
      message = 'A product cannot be correlated with its own ASIN.',
      detail = 'correlation_is_own_asin';
  end if;
  new.accepted_at := case when new.status = 'accepted' then coalesce(new.accepted_at, now()) end;
  return new;
end;
$$;

comment on function private.fill_correlation() is
  'Trigger of asin_correlations: takes search_asin from the product and stamps accepted_at.';

revoke execute on function private.fill_correlation() from public, anon, authenticated, service_role;

create trigger asin_correlations_fill before insert or update of status, asin on public.asin_correlations
  for each row execute function private.fill_correlation();

create trigger asin_correlations_set_updated_at before update on public.asin_correlations
  for each row execute function private.set_updated_at();
