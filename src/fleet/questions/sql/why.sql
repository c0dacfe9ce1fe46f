-- Which causes fill disks: of each machine its newest record, findings summed by rule and class.
-- Reads records (docs/fleet.md). Plain SQL: DuckDB and ClickHouse run it as it stands.
CREATE OR REPLACE VIEW fleet_why AS
WITH newest AS (
  SELECT machine AS newest_machine, max(recorded_seconds) AS newest_seconds
  FROM records
  WHERE kind = 'host'
  GROUP BY machine
)
SELECT
  r.name AS cause,
  r.class AS kind_of_it,
  count(DISTINCT r.machine) AS hosts,
  count(*) AS findings,
  sum(r.disk_bytes) AS bytes,
  sum(r.freeable_bytes) AS freeable
FROM records AS r
INNER JOIN newest AS n ON r.machine = n.newest_machine AND r.recorded_seconds = n.newest_seconds
WHERE r.kind = 'finding' AND r.disk_bytes > 0
GROUP BY r.name, r.class
ORDER BY bytes DESC, cause, kind_of_it
