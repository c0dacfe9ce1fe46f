-- Which filesystems are full next, and when: a line of least squares through what was available in each record.
-- Reads records and asked (one row: until_seconds). What is full already comes first; what does not fill is left out.
CREATE OR REPLACE VIEW fleet_full AS
WITH points AS (
  SELECT
    machine,
    host,
    mount,
    recorded_seconds AS at_seconds,
    available_bytes AS free_bytes,
    total_bytes AS size_bytes
  FROM records
  WHERE kind = 'filesystem'
),
middles AS (
  SELECT
    machine AS middle_machine,
    mount AS middle_mount,
    max(at_seconds) AS last_seconds,
    min(at_seconds) AS first_seconds,
    avg(at_seconds) AS mean_seconds,
    avg(free_bytes) AS mean_bytes
  FROM points
  GROUP BY machine, mount
),
slopes AS (
  SELECT
    p.machine AS slope_machine,
    p.mount AS slope_mount,
    max(m.last_seconds) AS last_seconds,
    sum((p.at_seconds - m.mean_seconds) * (p.free_bytes - m.mean_bytes)) AS rise,
    sum((p.at_seconds - m.mean_seconds) * (p.at_seconds - m.mean_seconds)) AS run
  FROM points AS p
  INNER JOIN middles AS m ON p.machine = m.middle_machine AND p.mount = m.middle_mount
  GROUP BY p.machine, p.mount
),
ends AS (
  SELECT
    p.host AS host,
    p.machine AS machine,
    p.mount AS mount,
    p.size_bytes AS size_bytes,
    p.free_bytes AS free_bytes,
    CASE WHEN s.run > 0 THEN -s.rise / s.run ELSE 0.0 END AS bytes_per_second,
    p.at_seconds AS at_seconds
  FROM points AS p
  INNER JOIN slopes AS s
    ON p.machine = s.slope_machine AND p.mount = s.slope_mount AND p.at_seconds = s.last_seconds
)
SELECT
  host,
  mount,
  size_bytes AS size,
  free_bytes AS available,
  CASE WHEN bytes_per_second > 0 THEN bytes_per_second ELSE 0.0 END AS fill_rate,
  CASE
    WHEN free_bytes <= 0 THEN at_seconds * 1.0
    ELSE at_seconds + free_bytes / bytes_per_second
  END AS full_at
FROM ends
CROSS JOIN asked
WHERE
  free_bytes <= 0
  OR (bytes_per_second > 0 AND at_seconds + free_bytes / bytes_per_second <= until_seconds + 30 * 86400)
ORDER BY full_at, host, mount
