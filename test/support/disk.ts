import { execFileSync } from 'node:child_process'

/** Commands under which a disk is in a bad state for the command behind them, and for nobody else. */

/** No file can grow beyond so many blocks of 512 bytes: what is more fails in the middle of the write, as on a disk that is full. */
export function smallFiles(blocks: number): string[] {
  return ['sh', '-c', 'trap "" XFSZ; ulimit -f "$0"; exec "$@"', String(blocks)]
}

const ownMounts = ['unshare', '-rm', 'sh', '-ec']

/** Whether this user may have mounts of its own, as the ones below need. */
export const canMount: boolean = (() => {
  try {
    execFileSync('unshare', ['-rm', 'mount', '-t', 'tmpfs', 'none', '/mnt'], { stdio: 'ignore' })
    return true
  } catch {
    return false
  }
})()

/** The folder cannot be written to. */
export function readOnly(folder: string): string[] {
  return [...ownMounts, 'mount --bind "$0" "$0"; mount -o remount,ro,bind "$0"; exec "$@"', folder]
}

/** The folder is on a small disk of its own that has so many KiB left; what is there in the end is there afterwards. */
export function fullDisk(folder: string, kibibytes: number): string[] {
  const script = [
    'folder=$0; room=$1; copy=$0.copy; shift; cp -a "$folder" "$copy"',
    'mount -t tmpfs -o size=256k none "$folder"; cp -a "$copy"/. "$folder"; rm -r "$copy"',
    'head -c "${room}k" /dev/zero > "$folder/room"; cat /dev/zero > "$folder/fill" 2> /dev/null || true; rm "$folder/room"',
    'code=0; "$@" || code=$?',
    'rm "$folder/fill"; cp -a "$folder" "$copy"; umount "$folder"; cp -a "$copy"/. "$folder"',
    '(cd "$folder"; find . -type f) | while read -r file; do test -e "$copy/$file" || rm "$folder/$file"; done',
    'rm -r "$copy"; exit $code',
  ]
  return [...ownMounts, script.join('\n'), folder, String(kibibytes)]
}
