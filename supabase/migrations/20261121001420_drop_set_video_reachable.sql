-- Reachability is written by public.apply_onedrive_items now, with its reason.

drop function public.set_video_reachable(uuid, uuid, boolean);
