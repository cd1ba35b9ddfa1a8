import DropoutEngine
import Fuzzing
import RepeatableRandom

extension FuzzTarget {
  /// Tables, with all options about them.
  static let tables = FuzzTarget("tables", "tables of numbers and words, with all their options") {
    room in
    FuzzReader(samples: TableSamples.all, make: TableInput.make) { bytes in
      try DatasetReading.outcome(
        of: bytes, in: room, as: [("data", "table.csv"), ("test-data", "test.csv")])
    }
  }
}

/// Tables as people have them, each of them hard in one way.
enum TableSamples {
  static let all: [[UInt8]] = texts.map { Array($0.utf8) }

  private static let texts = [
    "a,b,k\n1,2,x\n3,4,y\n5,6,x\n7,8,y\n9,10,x\n",
    "x1;x2;y\n0,5;1,25;3,5\n-0,5;2,5;4,75\n1,0;3,75;-1,5\n2,0;4,0;0,0\n",
    "\"first name\",\"height, in m\",\"says \"\"yes\"\"\"\n"
      + "Ann,1.70,yes\nBob,1.82,no\nEve,1.65,yes\n",
    "date,value,label\n2024-01-31,1.5,up\n2024-02-29,2.5,down\n2024-03-31,,up\n2024-04-30,4,down\n",
    "# made by a program\n# 2 lines of it\n"
      + "id\tx\ty\tclass\n1\t0.1\t0.2\t0\n2\t0.3\t0.4\t1\n3\t5\t6\t0\n",
    "1 2 3\n4 5 6\n7 8 10\n1 1 2\n", "a|b|target\n1|NA|0\n2|3|1\n?|4|0\n5|null|1\n6|7|0\n",
    "colour,size,price\nred,S,1.5\ngreen,M,2.5\nblue,L,3.5\nred,L,4.5\ngreen,S,0.5\n",
    "\u{FEFF}a,b,k\r\n1,2,x\r\n3,4,y\r\n5,6,x\r\n",
    "n,amount,k\n1,\"1,234.50\",a\n2,\"2,345.00\",b\n3,\"12\",a\n",
    "v,w,k\n1e-3,-2.5E+3,p\n+4,.5,q\n0.000001,7.,p\n1,2,q\n",
    "time,t\n12:05,1\n12:06,2\n12:07,3\n12:08,5\n",
    "p1,p2,p3,p4,label\n0,255,128,64,3\n255,0,1,2,4\n9,8,7,6,3\n1,2,3,4,4\n",
    "a,b\n1,1\n2,1\n3,2\n4,2\n5,3\n6,3\n7,1\n8,2\n",
    "\u{E4}rger,\u{6F22}\u{5B57},k\n1,2,\u{E9}\n3,4,\u{1F600}\n5,6,\u{E9}\n",
    "a,b,k\n'1','2',x\n '3' , 4 ,y\n5,6,x\n", "a,b,c,d\n1,2,3,4\n1,2,3,5\n1,2,3,6\n2,2,3,7\n",
  ]

  /// Words of tables.
  static let words = [
    "NA", "NaN", "null", "?", "", "\"\"", "\"", "yes", "no", "true", "x", "y", "target", "class",
    "label", "2024-01-31", "12:05:30", "1.234,5", "1,234.5", "$5", "5 %", "2 kg", "1.1D+00",
    "\u{2212}3", "\u{A0}", "\u{202F}", "\u{FEFF}", "\r\n", "\r", "\t", ";", "|", "#", "1st", "4WD",
    "(5)", "EUR", "0,09 1,25", "\u{1B}[31m", "\u{202E}", "PK\u{3}\u{4}", "<html>", "{\"a\": 1}",
    "%PDF-1.4", "@relation r\n@data\n", "1:0.5 2:0.25",
  ]
}

/// Tables that were changed, and options.
enum TableInput {
  private static let mutator = Mutator(
    words: TableSamples.words, marks: ",;\t|\"'\n\r .-+eE0159#%$?")

  static func make(_ random: inout Generator) -> [UInt8] {
    var parts = [mutator.mutated(TableSamples.all, &random)]
    if random.int(below: 12) == 0 {
      parts.append(
        random.int(below: 2) == 0 ? parts[0] : mutator.mutated(TableSamples.all, &random))
    }
    if random.int(below: 40) == 0 { lengthen(&parts[0], &random) }
    return PartedInput(settings: settings(&random), parts: parts).bytes
  }

  /// Long tables are read in pieces, and their columns looked through.
  private static func lengthen(_ table: inout [UInt8], _ random: inout Generator) {
    guard let end = table.firstIndex(of: UInt8(ascii: "\n")), end + 1 < table.count else { return }
    let rows = Array(table[(end + 1)...])
    let bytes = random.element([1_000, 20_000, 100_000])
    while table.count < bytes { table += rows }
  }

  /// Options about tables, with values that make sense or do not.
  private static func settings(_ random: inout Generator) -> [(name: String, value: String)] {
    var settings: [(name: String, value: String)] = []
    for _ in 0..<random.element([0, 0, 0, 0, 1, 1, 2, 4]) {
      let name = random.element(names)
      let choices = ParameterTable.definition(named: name)?.choices ?? []
      let value =
        choices.isEmpty || random.int(below: 8) == 0
        ? random.element(values) : random.element(choices)
      settings.append((name, value))
    }
    let use = DatasetUse.random(&random)
    return use == .look ? settings : settings + [(DatasetUse.setting, use.rawValue)]
  }

  private static let names = [
    "target", "target", "inputs", "leave-out", "separator", "decimal", "one-hot", "missing", "task",
    "test-fraction", "limit", "normalize", "normalize-target", "image", "seed", "loss", "labels",
  ]
  private static let values = [
    "auto", "none", "k", "y", "b", "a,b", "1", "2", "-1", "0", "3,1", "a,a", "nothing", "1000",
    "0.5", "0.9", "1e9", "1x2", "2x1", "65536x65536", "", ",", "\u{1B}[2J", "first name", "target",
    "class", "height, in m", "99999999999999999999", "5", "7",
  ]
}
