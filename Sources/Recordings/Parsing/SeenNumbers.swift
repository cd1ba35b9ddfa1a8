/// The numbers that a list has named so far; cheap where they ascend, as writers write them.
struct SeenNumbers {
  private var ascending: [Int] = []
  private var all: Set<Int>?

  /// Takes a number; false where it was there before.
  mutating func insert(_ number: Int) -> Bool {
    if all == nil {
      if number > ascending.last ?? -1 {
        ascending.append(number)
        return true
      }
      all = Set(ascending)
    }
    return all?.insert(number).inserted == true
  }
}
