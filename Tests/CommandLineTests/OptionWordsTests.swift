import Foundation
import Testing

@Suite("What a person meant by an option") struct OptionWordsTests {
  @Test(
    "The names of other programs' options lead to the ones here",
    arguments: [
      ("--lr 0.1", "'--learning-rate'"), ("--p 0.5", "'--keep'"), ("--p=0.5", "'--drop'"),
      ("--rate 0.5", "'--learning-rate'"), ("--batch-size 10", "'--batch'"),
      ("--keep-prob 0.5", "'--keep'"), ("--weight-decay 0.1", "'--l2'"),
      ("--leaning-rate 0.1", "'--learning-rate'"), ("--activation ReLU", "'relu'"),
      ("--optimizer Adam", "'adam'"), ("--noise 0.1", "'--data-noise'"),
      ("--noise 0.1", "'--dropout-noise'"), ("--criterion mse", "'--loss'"),
      ("--loss mse", "'mean-squared-error'"), ("--loss CrossEntropy", "'cross-entropy'"),
      ("--init glorot_uniform", "'xavier'"), ("--init kaiming", "'he'"),
      ("--task regression", "'regress'"), ("--task Classification", "'classify'"),
      ("--normalize minmax", "'unit'"), ("--separator ';'", "'semicolon'"),
      ("--separator ' '", "'blank'"),
      ("--optim adam", "'--optimizer'"), ("--lambda 0.1", "'--l2'"), ("--n-steps 9", "'--steps'"),
      ("--nesterov", "'--optimizer'"), ("--labels-column y", "'--target'"),
      ("--header none", "a header is told by its words"), ("--names a,b", "'--inputs'"),
    ])
  func otherNames(options: String, meant: String) throws {
    let result = try Program.shell("exec \"$DROPSCOPE\" train --steps 1 \(options)")
    #expect(result.status == 64)
    #expect(
      result.errors.contains("id you mean") && result.errors.contains(meant), "\(result.errors)")
  }

  @Test(
    "A decimal comma is questioned where the list does not fit",
    arguments: [
      ("--learning-rate 0,1", "0.1"), ("--l2 0,001", "0.001"), ("--momentum 0,9", "0.9"),
      ("--keep 0,8 --hidden 5", "0.8"), ("--hidden 5 --l2 0,05", "0.05"),
    ])
  func decimalComma(options: String, meant: String) throws {
    let result = try Program.shell("exec \"$DROPSCOPE\" train --steps 1 \(options)")
    #expect(result.status == 64)
    #expect(
      result.errors.contains("decimals stand behind a point, as in \(meant)"), "\(result.errors)")
  }

  @Test("A list that fits but may be a number with a decimal comma is questioned")
  func decimalCommaThatFits() throws {
    let run = "exec \"$DROPSCOPE\" train --steps 1 --hidden 4 --learning-rate"
    let result = try Program.shell("\(run) 0,1")
    #expect(result.status == 64)
    #expect(
      result.errors.contains("as in 0.1, and both numbers are written 0.0,1"),
      "\(result.errors)")
    // A list that was meant is written back so that it is not questioned again.
    let list = try Program.shell("\(run) 0.0,1")
    #expect(list.status == 0 && list.errors.contains("--learning-rate 0.0,1 "), "\(list.errors)")
  }

  @Test("A built-in dataset written otherwise is suggested") func dataset() throws {
    let result = try Program.shell("exec \"$DROPSCOPE\" train --steps 1 --data Circle")
    #expect(result.status == 66 && result.errors.contains("did you mean 'circle'?"))
  }

  @Test(
    "An option about other data is refused",
    arguments: [
      ("--features x1", "features is about built-in data"),
      ("--data-noise 0.1", "data-noise is about built-in data"),
      ("--examples 20", "examples is about built-in data"),
      ("--data moons --separator tab", "separator is about files, and moons is built in"),
      ("--data moons --target 1", "target is about files"),
    ])
  func otherData(options: String, words: String) throws {
    let file = try TemporaryFile(Array("a,b,k\n1,2,x\n3,4,y\n5,6,x\n".utf8), name: "own.csv")
    let result = try Program.shell(
      "exec \"$DROPSCOPE\" train --steps 1 --data '\(file.path)' \(options)")
    #expect(result.status == 64 && result.errors.contains(words), "\(result.errors)")
  }

  @Test("The first line of a run is one that a shell reads") func quoted() throws {
    let file = try TemporaryFile(
      Array("a,my answer,k\n1,2,x\n3,4,y\n5,6,x\n".utf8), name: "my “best” $HOME's.csv")
    let quoted = "'" + file.path.replacingOccurrences(of: "'", with: "'\\''") + "'"
    let first = try Program.shell(
      "exec \"$DROPSCOPE\" train --steps 3 --target 'my answer' --task classify --data \(quoted)")
    #expect(first.status == 0, "\(first.errors)")
    let line = try #require(
      first.errors.split(separator: "\n").first { $0.hasPrefix("dropscope train ") })
    let again = try Program.shell(
      "\"$DROPSCOPE\" \(line.dropFirst("dropscope ".count)) --steps 3")
    #expect(again.status == 0 && again.output == first.output, "\(again.errors)")
  }
}
