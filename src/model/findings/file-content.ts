/** What a file is, where its first bytes or its ending leave no doubt. */

/** Decides what a person is told to do with it. */
export type ContentKind =
  | 'archive'
  | 'database'
  | 'disk-image'
  | 'dump'
  | 'media'
  | 'model'
  | 'log'
  | 'program'
  | 'git-objects'
  | 'other';

export type FileFormat =
  | 'qemu-disk-image-qcow2'
  | 'vmware-disk-image'
  | 'virtualbox-disk-image'
  | 'hyper-v-disk-image'
  | 'encrypted-disk-image-luks'
  | 'disk-image-with-xfs-on-it'
  | 'squashfs-image'
  | 'disk-image-with-btrfs-on-it'
  | 'disk-image-with-ext2-ext3-or-ext4-on-it'
  | 'cd-or-dvd-image'
  | 'disk-image-with-partitions'
  | 'swap-space-that-is-not-in-use'
  | 'sqlite-database'
  | 'postgresql-dump'
  | 'mysql-dump'
  | 'mariadb-dump'
  | 'java-heap-dump'
  | 'tar-archive'
  | 'gzip-archive'
  | 'zstd-archive'
  | 'xz-archive'
  | 'bzip2-archive'
  | 'zip-archive'
  | '7-zip-archive'
  | 'rar-archive'
  | 'matroska-or-webm-video'
  | 'mp4-or-quicktime-video'
  | 'jpeg-image'
  | 'png-image'
  | 'pdf-document'
  | 'language-model-gguf'
  | 'hdf5-data'
  | 'parquet-table'
  | 'git-packed-objects'
  | 'network-capture'
  | 'disk-image-vhd'
  | 'mysql-table'
  | 'sql-server-database'
  | 'machine-learning-model'
  | 'log'
  | 'records'
  | 'sql-script-or-dump'
  | 'csv-table'
  | 'json-data'
  | 'memory-dump-of-a-crashed-program'
  | 'program-or-library-elf';

export interface FileContent {
  readonly kind: ContentKind;
  readonly format: FileFormat;
}
