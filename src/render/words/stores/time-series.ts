/** Metrics, logs, traces. */
import type { TimeSeriesStore } from '../../../model/store-name.ts';
import type { StoreWords } from './store-words.ts';

export const timeSeries: Readonly<Record<TimeSeriesStore, StoreWords>> = {
  prometheus: {
    name: 'Prometheus time series',
    gives:
      'start it with a shorter --storage.tsdb.retention.time or with --storage.tsdb.retention.size: it then removes whole blocks, the oldest first',
    never: 'never delete wal or chunks_head: the last hours are only there',
  },
  mimir: {
    name: 'Mimir or Cortex time series',
    gives:
      'blocks that were shipped go after blocks-storage.tsdb.retention-period: see that shipping works; in the bucket compactor_blocks_retention_period and its compactor remove the oldest',
    never: 'never delete wal, chunks_head or blocks by hand: what is not shipped yet is only there',
  },
  victoriametrics: {
    name: 'VictoriaMetrics data',
    gives: 'delete snapshots nobody needs, set a shorter -retentionPeriod',
    never: 'never delete parts below data/ by hand',
  },
  influxdb: {
    name: 'InfluxDB data',
    gives:
      'give the largest bucket (InfluxDB 1: retention policy) a shorter retention: whole shards go then; unfinished *.tsm.tmp go at a restart',
    never: 'never delete .tsm or .wal files by hand',
  },
  graphite: {
    name: 'Graphite whisper files',
    gives:
      'each file has its full size from the start: lower retentions in storage-schemas.conf and resize, remove metrics nobody writes any more',
    never: 'never truncate .wsp files',
  },
  netdata: {
    name: 'Netdata metrics',
    gives: 'set "dbengine tier 0 retention size" in netdata.conf and restart it',
    never: 'never delete single datafiles while it runs',
  },
  loki: {
    name: 'Loki chunks',
    gives:
      'set retention_period and turn on the compactor (retention_enabled: true): it then deletes old chunks with their index',
    never: 'never delete chunks by hand: the index still names them and queries fail',
  },
  tempo: {
    name: 'Tempo traces',
    gives: 'lower block_retention of the compactor',
    never: 'never delete blocks by hand while it runs',
  },
  thanos: {
    name: 'local data of Thanos',
    gives:
      'the blocks themselves are in the bucket: stop the component, clear its data directory and start it again, which costs a slower start; a compactor needs room for the largest blocks it joins',
    never: 'never while it runs',
  },
  'zabbix-export': {
    name: 'Zabbix export files',
    gives:
      'lower ExportFileSize, or unset ExportDir where nobody reads them, in zabbix_server.conf and restart; files that end in .old may go once their reader has them',
    never: 'never the file that the server writes now',
  },
};
