import DatasetFiles
import DropoutEngine
import Testing

/// Columns of dates, which are no numbers, and numbers in steps below 1.
@Suite("Dates are named as dates, and steps below 1 as steps") struct DateColumnTests {
  private let folder: Folder

  init() throws {
    folder = try Folder()
  }

  private func table(_ header: String, _ row: (Int) -> String) -> String {
    header + "\n" + (0..<40).map { row($0) + "\n" }.joined()
  }

  private static let dates: [@Sendable (Int) -> String] = [
    { "2024-\($0 / 20 + 10)-\($0 % 20 + 10)" }, { "\($0 % 28 + 1).\($0 / 28 + 1).2023" },
    { "\($0 % 12 + 1)/\($0 / 2 + 1)/1999" }, { "2024-01-\($0 % 20 + 10)T12:\($0 + 10):00Z" },
    { "\(2000 + $0)-07" },
    { "2024/3/\($0 % 20 + 1) 11:\($0 + 10) PM" },
  ]

  @Test("A column of dates is left out as one, with the remedy", arguments: dates.indices)
  func input(index: Int) throws {
    let date = DateColumnTests.dates[index]
    let dataset = try folder.load(table("when,a,y") { "\(date($0)),\($0 * 7 % 9).5,\($0).25" })
    #expect(dataset.inputNames == ["a"])
    #expect(
      dataset.notes.contains {
        $0.hasPrefix("column 1 'when' is left out: it holds dates, as '\(date(0))' in line 2")
          && $0.contains("days since the first one") && !$0.contains("--one-hot")
      })
  }

  @Test("Dates as targets are refused as dates, with the remedy", arguments: dates.indices)
  func target(index: Int) throws {
    let date = DateColumnTests.dates[index]
    let text = table("a,b,when") { "\($0 * 7 % 9).5,\($0).25,\(date($0))" }
    let error = try #require(try folder.error(text))
    guard case .table(.tooManyClasses("when", _, 40, date(0)?, _)) = error.problem else {
      Issue.record("\(error)")
      return
    }
    #expect("\(error)".contains("holds dates, as '\(date(0))'; write numbers in their place"))
    #expect(!error.advice.contains { $0.contains("--task") })
    let regress = try folder.error(text) { $0.task = .regress }
    #expect(regress.map { "\($0)" }?.contains("it is a date: write numbers") == true)
    // A few dates are classes, and called dates.
    let few = try folder.load(table("a,b,when") { "\($0 * 7 % 9).5,\($0).25,\(date($0 % 3))" })
    #expect(few.notes.contains { $0.contains("taken for 3 classes (dates); where a number") })
  }

  @Test("Times of day are called so, with a remedy of their own") func times() throws {
    let time: @Sendable (Int) -> String = { "\($0 % 24):\($0 + 10)" }
    let dataset = try folder.load(table("when,a,y") { "\(time($0)),\($0 * 7 % 9).5,\($0).25" })
    #expect(
      dataset.notes.contains {
        $0.contains("it holds times of day, as '0:10' in line 2; write numbers in their place, as ")
          && $0.contains("minutes since midnight")
      }, "\(dataset.notes)")
    let text = table("a,b,when") { "\($0 * 7 % 9).5,\($0).25,\(time($0))" }
    #expect(try folder.error(text).map { "\($0)" }?.contains("holds times of day") == true)
    let regress = try folder.error(text) { $0.task = .regress }
    #expect(regress.map { "\($0)" }?.contains("it is a time of day: write numbers") == true)
  }

  @Test("Words, versions and numbers are no dates") func others() throws {
    for word in ["1.2.3", "2024-13-45", "99:99", "12-34", "10/2024/10", "2024-01-01x", "a-b-2024"] {
      let text = table("a,b,y") { "\($0 * 7 % 9).5,\(word)\($0),\($0 * 3).5" }
      let notes = try? folder.load(text).notes
      #expect(notes?.contains { $0.contains("dates") } != true, "\(word)")
    }
  }

  @Test("Targets that stand on a grid below 1 are named so, with the other reading") func grades()
    throws
  {
    for (step, count) in [(0.25, 5), (0.5, 9), (0.1, 20)] {
      let text = table("a,b,grade") {
        "\($0 * 7 % 9).5,\($0).25,\(Double($0 * 7 % count) * step)"
      }
      let dataset = try folder.load(text)
      #expect(dataset.classNames.isEmpty)
      #expect(
        dataset.notes.contains {
          $0.contains("in 40 rows, in steps of \(step) as grades have); --task classify")
        }, "\(step)")
      #expect(try folder.load(text) { $0.task = .classify }.classNames.count == count)
    }
    // Any decimals, and few on a wide grid, are not.
    for values in [[0.1, 0.25, 1.3, 2.7], [0.01, 5, 7.5, 9.99]] {
      let text = table("a,b,y") { "\($0 * 7 % 9).5,\($0).25,\(values[$0 % 4])" }
      #expect(try !folder.load(text).notes.contains { $0.contains("in steps of") })
    }
  }

  @Test("A first column that grows in decimal steps is noted, and never left out")
  func decimalSteps() throws {
    for (step, word) in [(0.1, "grows by 0.1"), (-0.25, "falls by 0.25"), (1.5, "grows by 1.5")] {
      func row(_ row: Int) -> String {
        "\(Double((Double(row) * step * 100).rounded()) / 100),\(row * 7 % 9).5,\(row / 20)"
      }
      let named = try folder.load(table("t,x,label", row))
      #expect(named.inputNames == ["t", "x"])
      #expect(
        named.notes.contains { $0.contains("column 1 't' \(word) from each row") }, "\(step)")
      let nameless = try folder.load((0..<40).map { row($0) + "\n" }.joined())
      #expect(nameless.inputNames == ["column 1", "column 2"])
    }
    let uneven = table("t,x,label") {
      "\($0 == 20 ? 2.01 : Double($0) / 10),\($0 * 7 % 9).5,\($0 / 20)"
    }
    #expect(try !folder.load(uneven).notes.contains { $0.contains("from each row") })
  }
}
