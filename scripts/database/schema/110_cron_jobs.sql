-- Scheduled jobs.
select 'cron.job' as object, format('select cron.schedule(%L, %L, %L);', j.jobname, j.schedule, regexp_replace(j.command, '\s+', ' ', 'g')) as statement
from cron.job as j
where j.active
order by j.jobname collate "C"
