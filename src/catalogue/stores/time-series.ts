/** Stores of metrics, logs and traces: their server drops what is older than its retention. */
import type { TimeSeriesStore } from '../../model/store-name.ts';
import type { StoreEntry } from './store-entry.ts';

/** A ULID: 26 characters of Crockford's base 32, the first one a 0 until the year 3084. */
const ULID = `0[0-9A-Z]${'?'.repeat(24)}`;

export const timeSeries: readonly (StoreEntry & { readonly store: TimeSeriesStore })[] = [
  {
    store: 'prometheus',
    marks: ['wal chunks_head', `${ULID}/chunks ${ULID}/meta.json`, 'chunks meta.json index'],
    places: ['prometheus-data'],
    programs: ['prometheus'],
    levers: [
      { command: 'promtool tsdb list -r {store}', does: 'shows' },
      { command: 'promtool tsdb analyze {store}', does: 'shows' },
      {
        command:
          "curl -X POST -g 'http://localhost:9090/api/v1/admin/tsdb/delete_series?match[]=SERIES&end=TIME'",
      },
    ],
    configuration: [{ pattern: /\0--storage\.tsdb\.path[=\0]([^\0]+)/u }],
    source: 'prometheus.io/docs: Storage (on-disk layout, retention), TSDB Admin APIs; promtool',
  },
  {
    store: 'mimir',
    marks: ['tsdb/*/wal', 'tsdb/*/chunks_head', 'tsdb-sync tsdb'],
    programs: ['mimir', 'cortex'],
    parts: [
      ['tenant', 'tsdb/*'],
      ['bucket', 'blocks/*'],
      ['temporary', 'tsdb-sync'],
      ['temporary', 'compactor'],
      ['tenant', '*'],
    ],
    source: 'grafana.com/docs/mimir: compactor_blocks_retention_period, blocks-storage.tsdb.retention-period',
  },
  {
    store: 'victoriametrics',
    marks: [
      'data/small data/big indexdb',
      'data indexdb flock.lock',
      'partitions flock.lock',
      'data/small indexdb metadata',
    ],
    programs: ['victoria-metrics', 'victoria-metrics-prod', 'vmstorage', 'vmstorage-prod', 'victoria-logs'],
    parts: [
      ['chunk', 'data/big'],
      ['chunk', 'data/small'],
      ['chunk', 'partitions'],
      ['index', 'data/indexdb'],
      ['index', 'indexdb'],
      ['snapshot', 'snapshots/*'],
      ['cache', 'cache'],
    ],
    levers: [
      { command: 'curl http://localhost:8428/snapshot/list', does: 'shows' },
      { command: 'curl http://localhost:8428/snapshot/delete_all', loses: 'old-generations' },
    ],
    configuration: [{ pattern: /\0-{1,2}storageDataPath[=\0]([^\0]+)/u }],
    source: 'docs.victoriametrics.com: storage, retention, how to work with snapshots',
  },
  {
    store: 'influxdb',
    marks: [
      '_series autogen',
      'data/*/autogen',
      'meta/meta.db data',
      'influxd.bolt engine',
      'engine/data engine/wal',
      '*/autogen */_series',
      'data/*/*/*/*.tsm',
    ],
    places: ['loki-influx-data'],
    programs: ['influxd'],
    leftovers: /\.(?:tsm|idx)\.tmp$/u,
    parts: [
      ['database', 'data/*'],
      ['bucket', 'engine/data/*'],
      ['wal', 'wal/*'],
      ['wal', 'engine/wal'],
    ],
    levers: [
      { command: 'systemctl restart influxdb', loses: 'uptime', of: ['garbage'] },
      { command: 'influx bucket update --id BUCKET --retention 30d', of: ['bucket', 'database'] },
      {
        of: ['bucket', 'database'],
        command: 'influx -execute \'ALTER RETENTION POLICY "autogen" ON "DATABASE" DURATION 30d\'',
      },
    ],
    source:
      'docs.influxdata.com: file system layout, Manage retention, influx bucket update; tsdb/engine/tsm1/engine.go (cleanup at its opening)',
  },
  {
    store: 'graphite',
    marks: [
      'whisper/carbon',
      'whisper/*/*.wsp',
      'whisper/*/*/*.wsp',
      'whisper/*/*/*/*.wsp',
      'carbon/agents',
      '*.wsp',
    ],
    extent: /^(?:whisper|carbon|ceres|rrd|lists)$|\.wsp$/u,
    programs: ['carbon-cache'],
    levers: [{ command: 'whisper-resize FILE 10s:6h 1m:7d 10m:1y --nobackup' }],
    source: 'graphite.readthedocs.io: whisper-resize, storage-schemas.conf',
  },
  {
    store: 'netdata',
    marks: ['dbengine*/datafile-[0-9]*.ndf', 'datafile-[0-9]*.ndf', 'netdata-meta.db'],
    programs: ['netdata'],
    parts: [['database', 'dbengine*']],
    source: 'learn.netdata.cloud: Database engine, dbengine tier retention size',
  },
  {
    store: 'loki',
    marks: [
      'chunks tsdb-shipper-active',
      'chunks boltdb-shipper-active',
      'chunks compactor',
      'chunks tsdb-cache',
      'boltdb-shipper-active',
      'tsdb-shipper-active',
    ],
    programs: ['loki'],
    parts: [
      ['chunk', 'chunks'],
      ['wal', 'wal'],
      ['index', 'tsdb-shipper-active'],
      ['index', 'boltdb-shipper-active'],
      ['cache', '*-cache'],
      ['temporary', 'compactor'],
    ],
    levers: [{ command: 'logcli series {} --analyze-labels', does: 'shows' }],
    source: 'grafana.com/docs/loki: Retention (compactor), filesystem object store',
  },
  {
    store: 'tempo',
    marks: [
      '*/*-*-*-*-*/data.parquet */*-*-*-*-*/meta.json',
      'blocks/*/*/data.parquet',
      'wal blocks/single-tenant',
    ],
    programs: ['tempo'],
    parts: [
      ['tenant', 'blocks/*'],
      ['wal', 'wal'],
      ['tenant', '*'],
    ],
    source: 'grafana.com/docs/tempo: compactor block_retention, tempo-cli',
  },
  {
    store: 'thanos',
    marks: ['meta-syncer', 'compact/[0-9]*@[0-9]*', 'compact downsample'],
    programs: ['thanos'],
    parts: [
      ['temporary', 'compact'],
      ['temporary', 'downsample'],
      ['index', '*'],
    ],
    levers: [{ command: 'thanos tools bucket inspect --objstore.config-file=FILE', does: 'shows' }],
    source: 'thanos.io: compact, store (local data is safe to delete between restarts), tools bucket inspect',
  },
  {
    store: 'zabbix-export',
    marks: ['history-history-syncer-[0-9]*.ndjson', 'trends-history-syncer-[0-9]*.ndjson'],
    extent: /^(?:history|problems|trends)-.*\.ndjson(?:\.old)?$/u,
    programs: ['zabbix_server'],
    levers: [{ command: 'grep -n ^Export /etc/zabbix/zabbix_server.conf', does: 'shows' }],
    source: 'zabbix.com/documentation: Export to files (ExportDir, ExportFileSize, .old)',
  },
];
