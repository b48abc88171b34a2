-- Demo account for trying the product: demo@cliprelay.test / cliprelay-demo. Never run against a production project.
-- The profile, the thirteen statuses and the tasks of accepted correlations come from triggers.

insert into auth.users (
  id, aud, role, email, encrypted_password, email_confirmed_at, raw_app_meta_data, raw_user_meta_data,
  confirmation_token, recovery_token, email_change, email_change_token_new, created_at, updated_at
)
values (
  'd0000000-0000-4000-8000-000000000001', 'authenticated', 'authenticated', 'demo@cliprelay.test',
  extensions.crypt('cliprelay-demo', extensions.gen_salt('bf', 10)), now(),
  '{"provider": "email", "providers": ["email"]}', '{"display_name": "Demo Creator"}',
  '', '', '', '', now(), now()
)
on conflict (id) do nothing;

-- The hosted auth server looks accounts up by an instance id that other auth servers do not have.
do $$
begin
  if exists (
    select from information_schema.columns
    where table_schema = 'auth' and table_name = 'users' and column_name = 'instance_id'
  ) then
    execute 'update auth.users set instance_id = $1 where id = $2'
      using '00000000-0000-0000-0000-000000000000'::uuid, 'd0000000-0000-4000-8000-000000000001'::uuid;
  end if;
end;
$$;

insert into auth.identities (id, provider, provider_id, user_id, identity_data, last_sign_in_at, created_at, updated_at)
values (
  'd0000000-0000-4000-8000-000000000002', 'email', 'd0000000-0000-4000-8000-000000000001',
  'd0000000-0000-4000-8000-000000000001',
  '{"sub": "d0000000-0000-4000-8000-000000000001", "email": "demo@cliprelay.test", "email_verified": true}',
  now(), now(), now()
)
on conflict (provider, provider_id) do nothing;

update public.profiles
set time_zone = 'America/New_York', enabled_marketplaces = '{US,CA,UK,DE}'
where user_id = 'd0000000-0000-4000-8000-000000000001';

insert into public.crm_owners (user_id, name)
select 'd0000000-0000-4000-8000-000000000001', listed.name
from unnest(array['Mara Lindqvist', 'Theo Okafor']) as listed (name)
on conflict do nothing;

insert into public.crm_collaboration_types (user_id, name)
select 'd0000000-0000-4000-8000-000000000001', listed.name
from unnest(array['Solo', 'Split', 'Consignment', 'Gifted']) as listed (name)
on conflict do nothing;

insert into public.crm_contact_sources (user_id, name)
select 'd0000000-0000-4000-8000-000000000001', listed.name
from unnest(array['Instagram', 'Trade fair', 'Brand e-mail', 'Referral']) as listed (name)
on conflict do nothing;

insert into public.crm_marketplaces (user_id, name)
select 'd0000000-0000-4000-8000-000000000001', listed.name
from unnest(array['Amazon', 'eBay', 'Own shop']) as listed (name)
on conflict do nothing;

insert into public.sourced_products (
  user_id, asin, marketplace, title, video_title, brand, category, price, currency, enabled_marketplaces, status_id,
  collaboration_type_id, contact_source_id, crm_marketplace_id, carrier, tracking_number, shipped_at, received_at,
  notes, custom_fields, created_at
)
select
  'd0000000-0000-4000-8000-000000000001', item.asin, item.marketplace, item.title, item.video_title, item.brand,
  item.category, item.price, item.currency, item.enabled_marketplaces::text[],
  (select s.id from public.crm_statuses as s where s.user_id = account.id and s.name = item.status),
  (select c.id from public.crm_collaboration_types as c where c.user_id = account.id and c.name = item.collaboration),
  (select c.id from public.crm_contact_sources as c where c.user_id = account.id and c.name = item.contact),
  (select m.id from public.crm_marketplaces as m where m.user_id = account.id and m.name = 'Amazon'),
  item.carrier, item.tracking_number,
  now() - item.shipped_days_ago * interval '1 day', now() - item.received_days_ago * interval '1 day',
  item.notes, item.custom_fields::jsonb, now() - item.age_days * interval '1 day'
from (select 'd0000000-0000-4000-8000-000000000001'::uuid as id) as account
cross join (
  values
    ('B0CRL7K2M1', 'US', 'Northkettle Gooseneck Electric Kettle, 0.9 L, Temperature Control, Matte Black',
      'The kettle that made me switch to pour-over', 'Northkettle', 'Kitchen', 79.99, 'USD', '{US,CA,UK,DE}',
      'Ready to upload', 'Solo', 'Brand e-mail', 'UPS', '1Z44E1970312345678', 16, 12,
      'Show the counterweighted handle and the hold function.', '{"hook": "Stop burning your coffee"}', 24),
    ('B0CRL3T9Q4', 'US', 'Fernhollow Bamboo Desk Organizer with 5 Drawers and Phone Stand',
      'My desk, before and after', 'Fernhollow', 'Office', 34.50, 'USD', '{US,CA}',
      'Editing', 'Split', 'Instagram', 'USPS', '9400111899223344556677', 13, 9,
      'Second take in daylight.', '{}', 20),
    ('B0CRL8W5X2', 'US', 'Palewing LED Book Light, 3 Colours, 80 Hours, Clip-On, Rechargeable',
      'Reading in bed without waking anyone', 'Palewing', 'Lighting', 15.99, 'USD', '{US,UK,DE}',
      'Received', 'Gifted', 'Instagram', 'DHL', 'JD014600006281234567', 8, 4,
      null, '{"colour": "sage"}', 15),
    ('B0CRL1H6D7', 'UK', 'Tidewater Insulated Bottle, 750 ml, Leakproof, Stainless Steel',
      null, 'Tidewater', 'Outdoors', 24.00, 'GBP', '{UK,DE}',
      'Shipped', 'Solo', 'Trade fair', 'Royal Mail', 'QB123456789GB', 2, null,
      'Ask for the new lid as well.', '{}', 11),
    ('B0CRL5V4N8', 'US', 'Quarrystone Cast Iron Skillet, 10 Inch, Pre-Seasoned',
      'One pan, three dinners', 'Quarrystone', 'Kitchen', 42.00, 'USD', '{US}',
      'Live', 'Consignment', 'Referral', 'FedEx', '770011223344', 40, 35,
      'First video sold well; a second one is planned.', '{"commission": "12 %"}', 48),
    ('B0CRL9B2J5', 'DE', 'Lumenfalter Faltbare Schreibtischlampe, dimmbar, USB-C',
      'Die Lampe, die in jede Tasche passt', 'Lumenfalter', 'Lighting', 39.90, 'EUR', '{DE}',
      'Agreed', 'Solo', 'Trade fair', null, null, null, null,
      'Sample follows next week.', '{}', 6),
    ('B0CRL6Y3F9', 'CA', 'Maplebrook Heated Foot Warmer, Machine Washable, 6 Settings',
      null, 'Maplebrook', 'Home', 64.99, 'CAD', '{CA,US}',
      'Contacted', null, 'Brand e-mail', null, null, null, null,
      null, '{}', 3),
    ('B0CRL2P8Z6', 'US', 'Skylark Mini Tripod with Remote, Flexible Legs, for Phones and Cameras',
      'Film anywhere with this', 'Skylark', 'Camera', 21.95, 'USD', '{US,CA,UK,DE}',
      'Sourced', null, null, null, null, null, null,
      'Could replace the gorilla grip we use now.', '{}', 1)
) as item (
  asin, marketplace, title, video_title, brand, category, price, currency, enabled_marketplaces,
  status, collaboration, contact, carrier, tracking_number, shipped_days_ago, received_days_ago,
  notes, custom_fields, age_days
)
on conflict (user_id, marketplace, asin) do nothing;

insert into public.product_owners (user_id, product_id, owner_id)
select product.user_id, product.id, owner.id
from public.sourced_products as product
join public.crm_owners as owner on owner.user_id = product.user_id
where product.user_id = 'd0000000-0000-4000-8000-000000000001'
  and case owner.name
    when 'Mara Lindqvist' then product.category in ('Kitchen', 'Home', 'Lighting')
    else product.category in ('Office', 'Outdoors', 'Camera', 'Lighting')
  end
on conflict do nothing;

-- Accepted ones already wait for the product's video; candidates are there to be decided on.
insert into public.asin_correlations (
  user_id, product_id, asin, marketplace, source, status, title, score, reasons
)
select
  product.user_id, product.id, item.asin, item.marketplace, item.source, item.status, item.title, item.score,
  item.reasons::text[]
from public.sourced_products as product
join (
  values
    ('B0CRL7K2M1', 'B0CRL7K2W8', null, 'keepa', 'accepted',
      'Northkettle Gooseneck Electric Kettle, 0.9 L, White', 0.9700, '{"same brand","same title","other colour"}'),
    ('B0CRL7K2M1', 'B0CRL7K3G5', 'UK', 'keepa', 'accepted',
      'Northkettle Gooseneck Kettle, UK Plug', 0.9300, '{"same brand","same picture"}'),
    ('B0CRL7K2M1', 'B0CRL7K4R3', null, 'keepa', 'candidate',
      'Northkettle Gooseneck Electric Kettle, 1.2 L, Matte Black', 0.8100, '{"same brand","other size"}'),
    ('B0CRL7K2M1', 'B0CRL0S7T2', 'US', 'keepa', 'candidate',
      'Hollowpeak Pour-Over Kettle, 1 L', 0.5400, '{"same category"}'),
    ('B0CRL3T9Q4', 'B0CRL3T9V7', null, 'manual', 'accepted',
      'Fernhollow Bamboo Desk Organizer with 3 Drawers', null, '{}'),
    ('B0CRL3T9Q4', 'B0CRL3U1A6', 'US', 'keepa', 'candidate',
      'Fernhollow Walnut Desk Organizer with 5 Drawers', 0.8800, '{"same brand","other material"}'),
    ('B0CRL8W5X2', 'B0CRL8W6C9', 'DE', 'keepa', 'candidate',
      'Palewing Leselampe zum Anklemmen, 3 Farben', 0.9100, '{"same brand","same picture"}'),
    ('B0CRL8W5X2', 'B0CRL8W7E4', 'US', 'keepa', 'rejected',
      'Palewing Head Torch', 0.4100, '{"same brand"}'),
    ('B0CRL5V4N8', 'B0CRL5V5K1', 'US', 'manual', 'accepted',
      'Quarrystone Cast Iron Skillet, 12 Inch', null, '{}')
) as item (search_asin, asin, marketplace, source, status, title, score, reasons)
  on item.search_asin = product.asin
where product.user_id = 'd0000000-0000-4000-8000-000000000001'
on conflict do nothing;

insert into public.notifications (user_id, kind, title, body, link_path)
select
  'd0000000-0000-4000-8000-000000000001', 'account.welcome', 'Welcome to Cliprelay',
  'Connect your OneDrive, then drop a video on a product: its Amazon tasks fill themselves.', '/settings/onedrive'
where not exists (
  select from public.notifications where user_id = 'd0000000-0000-4000-8000-000000000001'
);

-- Waiting is no fun to watch: pauses of the publishing engine that are minutes elsewhere are seconds here.
insert into private.settings (key, value, description) values
  ('publish.lead_seconds', '{"default": 60, "per_gib": 300}', 'How long before its time work on a post begins.'),
  ('publish.retry_delays_seconds', '[2, 5, 15]', 'Pauses between the tries of a step; after the last it fails.'),
  ('publish.settle_seconds', '{"default": 10, "tiktok/blotato": 20}', 'How long not finding a post proves nothing, by platform.'),
  ('publish.reconcile_seconds', '[1, 2, 5, 10, 30, 60]',
    'Pauses between the questions whether a post is there; after the last its user decides.'),
  ('publish.poll_seconds', '{"instagram": [1, 2, 3, 5, 10], "youtube": [1, 1, 2, 3, 5, 10], "facebook": [1, 1, 2, 3, 5, 10], "tiktok/blotato": [2, 3, 5, 10], "tiktok/tiktok": [1, 1, 2, 3, 5, 10], "default": [2, 5, 10]}',
    'Pauses between the questions how far a platform is with a video, by platform; the last one repeats.'),
  ('publish.link_seconds', '[2, 5, 15, 60]',
    'Pauses between the questions for the address of a published post; the last one repeats.'),
  ('mail.settle_seconds', '3', 'How long a mail waits for more of its group after each notice.'),
  ('mail.max_settle_seconds', '60',
    'How long a mail waits for more of its group, and for a post on its way, at most.'),
  ('mail.retry_delays_seconds', '[2, 5, 15, 60, 300, 900]',
    'Pauses between the tries of a mail that the service failed; after the last it is failed.')
on conflict (key) do update set value = excluded.value;
