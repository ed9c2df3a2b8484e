/**
 * What the system says where a file of the home cannot be written or read: a full disk, a folder that is gone. What has no
 * code of the system is a defect of ours, and is thrown on.
 */
export function diskTrouble(error: unknown): string {
  const { code } = error as NodeJS.ErrnoException
  if (code === undefined || !/^E[A-Z0-9]+$/.test(code)) throw error
  return (error as Error).message
}

/** Lets work that writes go on until the disk fails, and then nothing more; `trouble` is what the system said. */
export class DiskWatch {
  trouble: string | undefined

  /** Does it, unless the disk has failed before. */
  async during(work: () => Promise<void> | void): Promise<void> {
    if (this.trouble !== undefined) return
    await this.orThrow(work).catch((error: unknown) => {
      if (this.trouble === undefined) throw error
    })
  }

  /** Does it also after the disk has failed; what fails is noted, and what follows goes on. */
  note(work: () => void): void {
    try {
      work()
    } catch (error) {
      this.trouble ??= diskTrouble(error)
    }
  }

  /** Does what nothing may follow if the disk fails: that is noted, and thrown on. */
  async orThrow(work: () => Promise<void> | void): Promise<void> {
    try {
      await work()
    } catch (error) {
      this.trouble = diskTrouble(error)
      throw error
    }
  }
}
