-- What is in each file that was loaded: held against what its name and place say before it may count.
CREATE OR REPLACE VIEW fleet_check AS
SELECT
  file_number,
  count(*) AS row_count,
  min(machine) AS least_machine,
  max(machine) AS most_machine,
  min(recorded_seconds) AS least_seconds,
  max(recorded_seconds) AS most_seconds,
  sum(CASE WHEN kind = 'host' THEN 1 ELSE 0 END) AS host_rows,
  sum(CASE
    WHEN kind IS NULL THEN 1
    WHEN kind NOT IN ('host', 'filesystem', 'account', 'finding', 'directory', 'log') THEN 1
    WHEN kind <> 'account' AND disk_bytes < 0 THEN 1
    WHEN disk_bytes > 1152921504606846976 OR disk_bytes < -1152921504606846976 THEN 1
    WHEN freeable_bytes < 0 OR freeable_bytes > 1152921504606846976 THEN 1
    WHEN available_bytes < 0 OR available_bytes > 1152921504606846976 THEN 1
    WHEN total_bytes < 0 OR total_bytes > 1152921504606846976 THEN 1
    WHEN bytes_per_second < 0 OR bytes_per_second > 1e15 THEN 1
    ELSE 0
  END) AS wrong_rows
FROM loaded
GROUP BY file_number
