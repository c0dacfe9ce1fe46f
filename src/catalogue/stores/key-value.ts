/** Stores of document, key-value and graph databases. */
import type { KeyValueStore } from '../../model/store-name.ts';
import type { StoreEntry } from './store-entry.ts';

export const keyValue: readonly (StoreEntry & { readonly store: KeyValueStore })[] = [
  {
    store: 'mongodb',
    marks: ['WiredTiger'],
    places: ['mongodb-data'],
    programs: ['mongod'],
    levers: [
      { command: "mongosh --eval 'db.adminCommand({ listDatabases: 1 })'", does: 'shows' },
      {
        command: 'mongosh DATABASE --eval \'db.runCommand({ compact: "COLLECTION" })\'',
        loses: 'nothing',
      },
    ],
    configuration: [
      {
        files: ['/etc/mongod.conf', '/etc/mongodb.conf'],
        pattern: /^\s*db[Pp]ath\s*[:=]\s*["']?([^\s"']+)/mu,
      },
      { pattern: /\0--dbpath[=\0]([^\0]+)/u },
    ],
    source: 'mongodb.com/docs: WiredTiger Storage Engine, compact, storage.dbPath',
  },
  {
    store: 'redis',
    marks: ['dump.rdb', 'appendonlydir/*.manifest', '*.incr.aof *.manifest', 'appendonly.aof dump.rdb'],
    begins: { 'dump.rdb': /^(?:REDIS|VALKEY)/u },
    places: ['redis-data', 'redis-temp'],
    programs: ['redis-server', 'valkey-server', 'keydb-server', 'redis-check-rdb'],
    extent: /^(?:dump.*\.rdb|appendonly.*|temp-.*|.*\.aof(?:\.manifest)?|nodes.*\.conf|redis\.log)$/u,
    logs: /\.log$/u,
    levers: [
      { command: 'redis-cli --bigkeys', does: 'shows' },
      { command: 'redis-cli CONFIG SET maxmemory BYTES' },
    ],
    configuration: [
      {
        files: ['/etc/redis/*.conf', '/etc/redis.conf', '/etc/valkey/*.conf'],
        pattern: /^dir\s+"?([^"\s]+)/mu,
      },
    ],
    source: 'redis.io/docs: Redis persistence, redis-cli --bigkeys, maxmemory',
  },
  {
    store: 'etcd',
    marks: ['member/snap member/wal', 'snap/db wal/*.wal'],
    places: ['etcd-data'],
    programs: ['etcd'],
    parts: [
      ['database', 'member/snap'],
      ['wal', 'member/wal'],
      ['database', 'snap'],
      ['wal', 'wal'],
    ],
    levers: [
      { command: 'etcdctl defrag', loses: 'nothing', needsRoom: true },
      { command: 'etcdctl endpoint status --write-out=table', does: 'shows' },
      { command: 'etcdctl compaction REVISION', loses: 'old-generations' },
    ],
    configuration: [{ pattern: /\0--data-dir[=\0]([^\0]+)/u, environment: 'ETCD_DATA_DIR' }],
    source: 'etcd.io/docs: Maintenance (compaction, defragmentation, space quota)',
  },
  {
    store: 'consul',
    marks: ['raft/raft.db serf/local.snapshot', 'raft/raft.db checkpoint-signature'],
    programs: ['consul'],
    parts: [
      ['snapshot', 'raft/snapshots'],
      ['log', 'raft'],
    ],
    levers: [{ command: 'consul operator raft list-peers', does: 'shows' }],
    source: 'developer.hashicorp.com/consul: data_dir, raft_snapshot_threshold',
  },
  {
    store: 'vault',
    marks: ['vault.db raft/raft.db', 'vault.db raft/snapshots', 'core/_master logical sys'],
    programs: ['vault'],
    levers: [{ command: 'vault operator raft list-peers', does: 'shows' }],
    source: 'developer.hashicorp.com/vault: Integrated Storage (vault.db, raft/raft.db), filesystem backend',
  },
  {
    store: 'nomad',
    marks: ['alloc client/state.db', 'alloc server/raft', 'alloc server/serf'],
    programs: ['nomad'],
    parts: [
      ['container', 'alloc/*'],
      ['log', 'server'],
    ],
    hosts: ['alloc'],
    levers: [{ command: 'nomad system gc', loses: 'leftovers' }],
    source: 'developer.hashicorp.com/nomad: data_dir, nomad system gc',
  },
  {
    store: 'scylladb',
    marks: ['commitlog view_hints'],
    programs: ['scylla'],
    parts: [['log', 'commitlog']],
    levers: [
      { command: 'nodetool listsnapshots', does: 'shows' },
      { command: 'nodetool clearsnapshot -t TAG', loses: 'old-generations' },
    ],
    source: 'docs.scylladb.com: nodetool clearsnapshot, directories',
  },
  {
    store: 'cassandra',
    marks: [
      'commitlog saved_caches',
      'commitlog hints data',
      'commitlog/CommitLog-[0-9]*',
      'CommitLog-[0-9]*-[0-9]*.log',
      'data/system_schema data/system',
      'system_schema system_auth system',
    ],
    places: ['cassandra-data', 'cassandra-snapshots'],
    parts: [['log', 'commitlog']],
    levers: [
      { command: 'nodetool flush', loses: 'nothing', of: ['wal'] },
      { command: 'nodetool tablestats', does: 'shows' },
      { command: 'nodetool clearsnapshot -t TAG', loses: 'old-generations', of: ['snapshot'] },
    ],
    configuration: [
      {
        files: ['/etc/cassandra/cassandra.yaml', '/etc/cassandra/conf/cassandra.yaml'],
        pattern: /^data_file_directories:\s*\n\s*-\s*(\S+)/mu,
      },
    ],
    source: 'cassandra.apache.org/doc: nodetool listsnapshots, clearsnapshot; cassandra.yaml',
  },
  {
    store: 'couchdb',
    marks: ['_dbs.couch', 'shards/*/*.couch', '*/*.[0-9]*.couch'],
    parts: [
      ['database', 'shards/*'],
      ['index', '.shards/*'],
    ],
    leftovers: /\.compact(?:\.data|\.meta)?$/u,
    levers: [
      {
        command: "curl -X POST -H 'Content-Type: application/json' http://localhost:5984/DATABASE/_compact",
        loses: 'old-generations',
        needsRoom: true,
      },
    ],
    source: 'docs.couchdb.org: Compaction',
  },
  {
    store: 'couchbase',
    marks: ['@2i', '*/[0-9]*.couch.[0-9]*', '*/magma.[0-9]*'],
    parts: [['bucket', '*']],
    levers: [
      {
        command: 'couchbase-cli bucket-compact -c localhost:8091 -u USER -p PASSWORD --bucket BUCKET',
        loses: 'nothing',
        needsRoom: true,
      },
    ],
    source: 'docs.couchbase.com: couchbase-cli bucket-compact, storage engines',
  },
  {
    store: 'neo4j',
    marks: [
      'neostore neostore.*',
      'databases/*/neostore',
      'data/databases/*/neostore',
      'databases/*/neostore.*',
    ],
    parts: [
      ['database', 'databases/*'],
      ['database', 'data/databases/*'],
      ['wal', 'transactions/*'],
      ['wal', 'data/transactions/*'],
      ['dump', 'dumps'],
      ['dump', 'data/dumps'],
    ],
    levers: [{ command: "cypher-shell 'CALL db.checkpoint()'", loses: 'old-generations' }],
    source: 'neo4j.com/docs: transaction log retention, db.checkpoint',
  },
  {
    store: 'arangodb',
    marks: ['ENGINE engine-rocksdb'],
    programs: ['arangod'],
    parts: [
      ['database', 'engine-rocksdb'],
      ['database', 'databases/*'],
    ],
    levers: [
      {
        command: 'arangosh --javascript.execute-string \'db._collection("COLLECTION").compact()\'',
        loses: 'nothing',
      },
    ],
    source: 'docs.arangodb.com: collection.compact()',
  },
];
