/** Which kind of file an extension stands for, and what such a file is used for wherever it lies. */
import type { FileKind, Use } from '../../model/breakdown.ts';

const extensions: Partial<Record<FileKind, string>> = {
  archives: '7z br bz2 cab cpio gz lz lz4 lzma lzo rar tar tbz tgz txz xz z zip zst',
  audio: 'aac aif aiff ape flac m4a mid mp3 ogg opus wav wma',
  'code and text':
    'adoc asm bash bat c cc cfg cjs cmake conf cpp cs css d dart diff el erl ex f90 go gradle h hh hpp hs htm html ' +
    'in inc ini java jl js json5 jsx kt less lua m m4 map md mjs ml mk nim patch php pl pm po pot proto ps1 py pyi r ' +
    'rb rs rst s sass scala scss service sh sql svelte swift tcl tex toml ts tsx txt vim vue xml xsl yaml yml zig',
  data: 'arrow avro bin bson csv dat feather geojson gpx h5 hdf5 json jsonl mat msgpack ndjson npy npz orc parquet pb pkl rdf rds safetensors gguf onnx pt pth tsv xls',
  databases: 'accdb db db3 dbf frm ibd ldb ldf mdb mdf mo myd myi ndf rdb sdb sqlite sqlite3 sst wal wt',
  'disk images': 'dmg img iso ova ovf qcow qcow2 raw squashfs vdi vhd vhdx vmdk wim',
  documents: 'doc docx epub mobi odp ods odt pdf ppt pptx ps rtf xlsx',
  images: 'ai avif bmp cr2 dng eps gif heic heif ico jpeg jpg nef png psd raf svg tif tiff webp xcf',
  'libraries and binaries':
    'a class dll dylib elc exe gch hi ko lib node o obj pch pdb pyc pyd pyo rlib rmeta so wasm',
  logs: 'err journal log out trace',
  packages: 'apk appimage crate deb egg flatpak gem jar jmod msi nupkg pkg rpm snap war whl',
  temporary: 'bak crdownload download lock old orig part partial rej swap swo swp temp tmp',
  video: '3gp avi flv m2ts m4v mkv mov mp4 mpeg mpg mts ogv vob webm wmv',
};

const kinds = new Map<string, FileKind>();
for (const [kind, list] of Object.entries(extensions)) {
  for (const extension of list.split(' ')) kinds.set(extension, kind as FileKind);
}

const uses = new Map<string, Use>();
for (const extension of ['log', 'journal', 'err']) uses.set(extension, 'logs');
for (const extension of ['bak', 'old', 'orig', 'backup', 'dump', 'save']) uses.set(extension, 'backups');
for (const extension of ['tmp', 'temp', 'part', 'partial', 'crdownload', 'swp', 'swo'])
  uses.set(extension, 'temporary');
for (const extension of ['so', 'a', 'o', 'ko', 'jar', 'class', 'dll', 'pyc', 'whl'])
  uses.set(extension, 'programs');

/** The kind for an extension without its dot, in lower case. */
export function kindOfExtension(extension: string): FileKind {
  return kinds.get(extension) ?? 'other';
}

/** The use that an extension betrays, where the directory's name says nothing; undefined for most. */
export function useOfExtension(extension: string): Use | undefined {
  return uses.get(extension);
}
