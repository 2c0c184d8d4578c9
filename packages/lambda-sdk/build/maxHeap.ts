/** What aws-embedded-metrics uses of `@datastructures-js/heap`, on a sorted array: a document splits a few hundred names. */
export const MaxHeap = {
  heapify: <T>(items: T[], weightOf: (item: T) => number) => {
    items.sort((a, b) => weightOf(b) - weightOf(a))
    return {
      isEmpty: (): boolean => items.length === 0,
      extractRoot: (): T | undefined => items.shift(),
      insert(item: T): void {
        const index = items.findIndex((other) => weightOf(other) < weightOf(item))
        items.splice(index === -1 ? items.length : index, 0, item)
      },
    }
  },
}
