/** Document, key-value and graph databases, and the libraries many programs keep their data with. */
import type { KeyValueStore } from '../../../model/store-name.ts';
import type { StoreWords } from './store-words.ts';

export const keyValue: Readonly<Record<KeyValueStore, StoreWords>> = {
  mongodb: {
    name: 'MongoDB databases',
    gives:
      'drop collections nobody needs: a dropped one gives its file back at once; deleted documents come back with compact, one collection at a time, on a secondary first',
    never: 'never delete .wt files or the journal: the server does not start any more',
  },
  redis: {
    name: 'Redis data',
    gives:
      'what is in memory is what is on disk: find big keys, give keys an expiry, set maxmemory with an eviction policy; BGREWRITEAOF shrinks an append-only file',
    never: 'never delete dump.rdb or append-only files: they are the database',
  },
  etcd: {
    name: 'etcd data',
    gives:
      'compact old revisions (auto-compaction-retention does it by itself), then defrag one member after the other; clear a NOSPACE alarm with etcdctl alarm disarm',
    never: 'never delete files in member/: the member leaves the cluster, with one member the data is gone',
  },
  consul: {
    name: 'Consul data',
    gives:
      'raft snapshots come by raft_snapshot_threshold; a raft.db that grew shrinks when a follower joins anew with an empty data directory',
    never: 'never delete raft.db of a server that holds the quorum',
  },
  vault: {
    name: 'Vault data',
    gives:
      'revoke leases nobody needs and shorten their TTL; a node that joins anew with an empty directory gets a compact copy',
    never: 'never delete it: all secrets are in it',
  },
  nomad: {
    name: 'Nomad data',
    gives: 'let Nomad collect dead allocations and jobs (nomad system gc, gc_disk_usage_threshold)',
    never: 'never delete below alloc/: running tasks work there',
  },
  cassandra: {
    name: 'Cassandra tables',
    gives:
      'clear snapshots nobody needs, by tag: only what no live table shares comes back; commit logs go once their tables are flushed (commitlog_total_space); then nodetool cleanup, and a TTL for the data',
    never: 'never delete SSTables (*-Data.db and what belongs to them) or commit logs by hand',
  },
  scylladb: {
    name: 'ScyllaDB tables',
    gives:
      'clear snapshots nobody needs, by tag: only what no live table shares comes back; then nodetool cleanup',
    never: 'never delete SSTables or commit logs by hand',
  },
  couchdb: {
    name: 'CouchDB databases',
    gives: 'compact databases and views: old revisions go; it needs room for a copy of each while it runs',
    never: 'never delete .couch files by hand',
  },
  couchbase: {
    name: 'Couchbase buckets',
    gives:
      'compact the bucket, lower metadata purge interval, or delete documents and buckets in the console',
    never: 'never delete vBucket files by hand',
  },
  neo4j: {
    name: 'Neo4j graph',
    gives:
      'transaction logs go at a checkpoint by db.tx_log.rotation.retention_policy; the store itself shrinks by neo4j-admin database copy --compact-node-store',
    never: 'never delete neostore or transaction log files by hand',
  },
  arangodb: {
    name: 'ArangoDB data',
    gives: 'drop collections nobody needs, then compact',
    never: 'never delete files in engine-rocksdb by hand',
  },
  openldap: {
    name: 'OpenLDAP directory',
    gives:
      'remove transaction logs that are no longer needed (db_archive -d, or DB_LOG_AUTOREMOVE in DB_CONFIG)',
    never: 'never delete log.* or database files by hand: the directory cannot be recovered then',
  },
  lmdb: {
    name: 'LMDB database',
    gives:
      'its file never shrinks by itself: with its program stopped make a compact copy (mdb_copy -c) on another disk and put that in its place',
    never: 'never delete or truncate data.mdb: it is the database',
  },
  'berkeley-db': {
    name: 'Berkeley DB database',
    gives: 'remove log files that no longer take part in recovery (db_archive -d)',
    never: 'never delete log.* files by hand: those still needed look the same',
  },
  hsqldb: {
    name: 'HSQLDB database',
    gives:
      'its .log holds the statements since the last checkpoint: have its program run CHECKPOINT (SHUTDOWN does so too), with DEFRAG for a large .data file, and see why it does not (hsqldb.log_size)',
    never: 'never delete or truncate its .log: what was written since the last checkpoint is nowhere else',
  },
  derby: {
    name: 'Derby database',
    gives:
      'its log goes at a checkpoint (SYSCS_UTIL.SYSCS_CHECKPOINT_DATABASE), unless it is archived; SYSCS_UTIL.SYSCS_COMPRESS_TABLE gives back what deleted rows left',
    never: 'never delete or truncate log/log*.dat: they hold what is not in seg0 yet',
  },
  badger: {
    name: 'Badger database',
    gives: 'its program runs the garbage collection of the value log; delete data in that program',
    never: 'never delete .vlog or .sst files by hand',
  },
  rocksdb: {
    name: 'RocksDB or LevelDB database',
    gives: 'see which program has it open: what is deleted there comes back with its next compaction',
    never: 'never delete .sst, .ldb or NUMBER.log files: the last holds writes that are nowhere else',
  },
  bitcoin: {
    name: 'blockchain of a Bitcoin node',
    gives: 'set prune=MEGABYTES in bitcoin.conf: the node then keeps the newest blocks only',
    never: 'never delete single blk*.dat files, and wallet files never at all',
  },
  ethereum: {
    name: 'blockchain of an Ethereum node',
    gives: 'prune the state with the node stopped, or sync anew in snap mode',
    never: 'never delete chaindata while it runs, and the keystore never at all',
  },
  dqlite: {
    name: 'dqlite data of MicroK8s, LXD or Incus',
    gives:
      'it deletes old segments and snapshots itself; many of them are a sign of an old version: update it',
    never: 'never delete segments by hand, nor a snapshot that has a .meta file',
  },
  'directory-server': {
    name: '389 Directory Server data',
    gives: 'trim the replication changelog by age, and see that every replica is still there to take it',
    never: 'never delete log.* or .db files by hand: the directory hangs on them',
  },
};
