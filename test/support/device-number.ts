/** Device numbers as Linux packs them (makedev(3)). */

export function minor(device: number): number {
  return (device & 0xff) | ((device >>> 12) & 0xff_ff_ff_00);
}
