-- Products a creator sources, and whose they are. Read and written straight from the web app under RLS.

create table public.sourced_products (
  id uuid primary key default private.uuid_v7(),
  user_id uuid not null default auth.uid() references auth.users (id) on delete cascade,
  asin text not null,
  marketplace text not null default 'US',
  title text not null,
  image_url text,
  video_title text,
  status_id uuid,
  brand text,
  category text,
  price numeric(12, 2),
  currency text not null default 'USD',
  enabled_marketplaces text[] not null default '{}',
  collaboration_type_id uuid,
  contact_source_id uuid,
  crm_marketplace_id uuid,
  carrier text,
  tracking_number text,
  shipped_at timestamptz,
  received_at timestamptz,
  notes text,
  custom_fields jsonb not null default '{}',
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  constraint product_belongs_to_its_user unique (user_id, id),
  constraint product_is_listed_once_per_marketplace unique (user_id, marketplace, asin),
  constraint product_status_is_its_users foreign key (user_id, status_id)
    references public.crm_statuses (user_id, id) on delete set null (status_id),
  constraint product_collaboration_type_is_its_users foreign key (user_id, collaboration_type_id)
    references public.crm_collaboration_types (user_id, id) on delete set null (collaboration_type_id),
  constraint product_contact_source_is_its_users foreign key (user_id, contact_source_id)
    references public.crm_contact_sources (user_id, id) on delete set null (contact_source_id),
  constraint product_crm_marketplace_is_its_users foreign key (user_id, crm_marketplace_id)
    references public.crm_marketplaces (user_id, id) on delete set null (crm_marketplace_id),
  constraint product_asin_has_ten_letters_or_digits check (asin ~ '^[A-Z0-9]{10}$'),
  constraint product_marketplace_is_known check (marketplace in ('US', 'CA', 'UK', 'DE')),
  constraint product_enabled_marketplaces_are_known check (
    enabled_marketplaces <@ array['US', 'CA', 'UK', 'DE'] and cardinality(enabled_marketplaces) between 1 and 4
  ),
  constraint product_title_is_short_and_not_blank check (char_length(trim(title)) between 1 and 500),
  constraint product_texts_are_short check (
    char_length(video_title) <= 500 and char_length(brand) <= 200 and char_length(category) <= 200
    and char_length(carrier) <= 100 and char_length(tracking_number) <= 100 and char_length(notes) <= 20000
  ),
  constraint product_image_url_is_https check (image_url ~ '^https://' and char_length(image_url) <= 2048),
  constraint product_price_is_not_negative check (price >= 0),
  constraint product_currency_is_an_iso_code check (currency ~ '^[A-Z]{3}$'),
  constraint product_is_received_after_it_is_shipped check (received_at >= shipped_at),
  constraint product_custom_fields_are_a_small_object check (
    jsonb_typeof(custom_fields) = 'object' and octet_length(custom_fields::text) <= 16384
  )
);

create table public.product_owners (
  user_id uuid not null default auth.uid() references auth.users (id) on delete cascade,
  product_id uuid not null,
  owner_id uuid not null,
  created_at timestamptz not null default now(),
  primary key (user_id, product_id, owner_id),
  constraint product_owner_product_is_its_users foreign key (user_id, product_id)
    references public.sourced_products (user_id, id) on delete cascade,
  constraint product_owner_owner_is_its_users foreign key (user_id, owner_id)
    references public.crm_owners (user_id, id) on delete cascade
);

create index sourced_products_status_idx on public.sourced_products (user_id, status_id);
create index sourced_products_collaboration_type_idx on public.sourced_products (user_id, collaboration_type_id);
create index sourced_products_contact_source_idx on public.sourced_products (user_id, contact_source_id);
create index sourced_products_crm_marketplace_idx on public.sourced_products (user_id, crm_marketplace_id);
create index sourced_products_newest_idx on public.sourced_products (user_id, created_at desc, id desc);
create index product_owners_owner_idx on public.product_owners (user_id, owner_id);

comment on table public.sourced_products is 'A product of the CRM: one ASIN in one Amazon marketplace.';
comment on column public.sourced_products.marketplace is 'Amazon marketplace the product was sourced in.';
comment on column public.sourced_products.enabled_marketplaces is
  'Marketplaces its tasks are made for; left empty on insert, the profile''s are taken.';
comment on column public.sourced_products.status_id is 'Left empty on insert, the user''s first status is taken.';
comment on column public.sourced_products.asin is 'May change only until the product has tasks or correlations.';
comment on column public.sourced_products.price is 'In units of currency.';
comment on column public.sourced_products.video_title is
  'Title for the video on Amazon; the product title otherwise.';
comment on table public.product_owners is 'Which owners a product belongs to (many to many).';

revoke all on public.sourced_products, public.product_owners from public, anon, authenticated, service_role;
grant select, delete on public.sourced_products, public.product_owners to authenticated;
grant insert (
  user_id, asin, marketplace, title, image_url, video_title, status_id, brand, category, price, currency,
  enabled_marketplaces, collaboration_type_id, contact_source_id, crm_marketplace_id, carrier, tracking_number,
  shipped_at, received_at, notes, custom_fields
) on public.sourced_products to authenticated;
grant update (
  asin, marketplace, title, image_url, video_title, status_id, brand, category, price, currency,
  enabled_marketplaces, collaboration_type_id, contact_source_id, crm_marketplace_id, carrier, tracking_number,
  shipped_at, received_at, notes, custom_fields
) on public.sourced_products to authenticated;
grant insert (user_id, product_id, owner_id) on public.product_owners to authenticated;
grant select, insert, update, delete on public.sourced_products, public.product_owners to service_role;
-- Default of the id, for rows a user adds.
grant usage on schema private to authenticated;
grant execute on function private.uuid_v7() to authenticated;

alter table public.sourced_products enable row level security;
create policy "Users read their own products" on public.sourced_products
  for select to authenticated using ((select auth.uid()) = user_id);
create policy "Users add their own products" on public.sourced_products
  for insert to authenticated with check ((select auth.uid()) = user_id);
create policy "Users change their own products" on public.sourced_products
  for update to authenticated
  using ((select auth.uid()) = user_id) with check ((select auth.uid()) = user_id);
create policy "Users delete their own products" on public.sourced_products
  for delete to authenticated using ((select auth.uid()) = user_id);

alter table public.product_owners enable row level security;
create policy "Users read the owners of their own products" on public.product_owners
  for select to authenticated using ((select auth.uid()) = user_id);
create policy "Users add owners to their own products" on public.product_owners
  for insert to authenticated with check ((select auth.uid()) = user_id);
create policy "Users remove owners from their own products" on public.product_owners
  for delete to authenticated using ((select auth.uid()) = user_id);

-- Invoker: a user adding a product may read their own profile and statuses.
create function private.fill_product_defaults() returns trigger
language plpgsql
set search_path = ''
as $$
begin
  if new.enabled_marketplaces = '{}' then
    new.enabled_marketplaces := coalesce(
      (select p.enabled_marketplaces from public.profiles p where p.user_id = new.user_id),
      array[new.marketplace]
    );
  end if;
  if new.status_id is null then
    new.status_id := (
      select s.id from public.crm_statuses s where s.user_id = new.user_id order by s.position, s.id limit 1
    );
  end if;
  return new;
end;
$$;

comment on function private.fill_product_defaults() is
  'Trigger of sourced_products: marketplaces from the profile, status from the user''s list.';

revoke execute on function private.fill_product_defaults() from public, anon, authenticated, service_role;

create trigger sourced_products_fill_defaults before insert on public.sourced_products
  for each row execute function private.fill_product_defaults();

create trigger sourced_products_set_updated_at before update on public.sourced_products
  for each row execute function private.set_updated_at();
