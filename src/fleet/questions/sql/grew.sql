-- Which directories grew on how many hosts, between the oldest and the newest record of each machine. Only directories
-- that are in both: what one of them lacks may have been there, too small to be told. A directory of which one below it
-- grew nine tenths as much is left out, so that growth is told where it is.
CREATE OR REPLACE VIEW fleet_grew AS
WITH edges AS (
  SELECT
    machine AS edge_machine,
    min(recorded_seconds) AS first_seconds,
    max(recorded_seconds) AS last_seconds
  FROM records
  WHERE kind = 'host'
  GROUP BY machine
),
growth AS (
  SELECT
    b.machine AS machine,
    b.path AS path,
    b.disk_bytes - a.disk_bytes AS grown
  FROM records AS b
  INNER JOIN edges AS e ON b.machine = e.edge_machine AND b.recorded_seconds = e.last_seconds
  INNER JOIN records AS a
    ON a.machine = b.machine AND a.path = b.path AND a.recorded_seconds = e.first_seconds AND a.kind = b.kind
  WHERE b.kind = 'directory' AND e.first_seconds < e.last_seconds AND b.disk_bytes > a.disk_bytes
),
above AS (
  SELECT p.machine AS above_machine, p.path AS above_path
  FROM growth AS p
  INNER JOIN growth AS c ON c.machine = p.machine
  WHERE
    c.path <> p.path
    AND (p.path = '/' OR substring(c.path, 1, length(p.path) + 1) = concat(p.path, '/'))
    AND c.grown >= p.grown * 0.9
  GROUP BY p.machine, p.path
)
SELECT
  g.path AS path,
  count(*) AS hosts,
  sum(g.grown) AS grown_bytes,
  max(g.grown) AS most_on_one
FROM growth AS g
LEFT JOIN above AS u ON g.machine = u.above_machine AND g.path = u.above_path
WHERE u.above_path IS NULL
GROUP BY g.path
ORDER BY grown_bytes DESC, path
