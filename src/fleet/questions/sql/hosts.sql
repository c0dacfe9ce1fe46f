-- Each machine: its newest record, how full its fullest filesystem is, what its findings explain. Unknown of a record that
-- was made from a snapshot.
CREATE OR REPLACE VIEW fleet_hosts AS
WITH newest AS (
  SELECT machine AS newest_machine, max(recorded_seconds) AS newest_seconds
  FROM records
  WHERE kind = 'host'
  GROUP BY machine
),
parts AS (
  SELECT
    r.machine AS part_machine,
    max(CASE
      WHEN r.kind = 'filesystem' AND r.disk_bytes + r.available_bytes > 0
        THEN r.disk_bytes * 100.0 / (r.disk_bytes + r.available_bytes)
    END) AS fullest,
    sum(CASE
      WHEN r.kind = 'finding' THEN r.disk_bytes
      WHEN r.kind = 'host' AND r.disk_bytes IS NOT NULL THEN 0
    END) AS found
  FROM records AS r
  INNER JOIN newest AS n ON r.machine = n.newest_machine AND r.recorded_seconds = n.newest_seconds
  GROUP BY r.machine
)
SELECT
  h.host AS host,
  h.machine AS machine_id,
  h.recorded_seconds AS recorded_at,
  h.version AS diskwhy,
  h.disk_bytes AS used,
  p.fullest AS fullest_percent,
  p.found AS explained,
  h.freeable_bytes AS freeable,
  h.problems AS unread_paths
FROM records AS h
INNER JOIN newest AS n ON h.machine = n.newest_machine AND h.recorded_seconds = n.newest_seconds
INNER JOIN parts AS p ON h.machine = p.part_machine
WHERE h.kind = 'host'
ORDER BY fullest_percent DESC, host, machine_id
