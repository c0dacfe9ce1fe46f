-- Which failing step repeats itself on how many hosts: of each machine its newest record, loops by program and step.
CREATE OR REPLACE VIEW fleet_loops AS
WITH newest AS (
  SELECT machine AS newest_machine, max(recorded_seconds) AS newest_seconds
  FROM records
  WHERE kind = 'host'
  GROUP BY machine
)
SELECT
  r.class AS verdict,
  r.program AS program,
  r.step AS step,
  count(DISTINCT r.machine) AS hosts,
  sum(r.disk_bytes) AS bytes,
  sum(coalesce(r.bytes_per_second, 0)) AS growth_rate,
  min(r.since_seconds) AS first_at,
  max(r.since_seconds) AS last_at
FROM records AS r
INNER JOIN newest AS n ON r.machine = n.newest_machine AND r.recorded_seconds = n.newest_seconds
WHERE r.kind = 'log' AND r.class IN ('restart-loop', 'retry-loop')
GROUP BY r.class, r.program, r.step
ORDER BY hosts DESC, bytes DESC, step
