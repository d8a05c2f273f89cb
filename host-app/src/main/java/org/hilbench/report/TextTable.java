package org.hilbench.report;

import java.util.ArrayList;
import java.util.List;

/**
 * Columns of text, each as wide as its longest cell. Where the terminal is too narrow, columns are
 * left out, those of the highest {@code rank} first; the last column takes what is left and is cut.
 */
final class TextTable {
  private static final String GAP = "  ";
  private static final int LEAST_LAST = 24;

  private record Column(List<String> cells, boolean right, int rank) {
    int width() {
      return cells.stream().mapToInt(String::length).max().orElse(0);
    }
  }

  private final List<Column> columns = new ArrayList<>();

  /** Adds a column, its head first; a column of rank 0 is never left out. */
  TextTable column(List<String> cells, boolean right, int rank) {
    columns.add(new Column(List.copyOf(cells), right, rank));
    return this;
  }

  /** The lines, none longer than {@code width} unless the columns of rank 0 are. */
  List<String> lines(int width) {
    List<Column> shown = new ArrayList<>(columns);
    boolean shrinks = true;
    while (shrinks && leastWidth(shown) > width) {
      shrinks = leaveOneOut(shown);
    }
    List<String> lines = new ArrayList<>();
    for (int row = 0; row < columns.get(0).cells().size(); row++) {
      lines.add(line(shown, row, width));
    }
    return lines;
  }

  private static int leastWidth(List<Column> columns) {
    Column last = columns.get(columns.size() - 1);
    int others = columns.stream().mapToInt(column -> column.width() + GAP.length()).sum();
    return others - GAP.length() - last.width() + Math.min(last.width(), LEAST_LAST);
  }

  private static boolean leaveOneOut(List<Column> columns) {
    int worst = columns.stream().mapToInt(Column::rank).max().orElse(0);
    return worst > 0 && columns.removeIf(column -> column.rank() == worst);
  }

  private static String line(List<Column> columns, int row, int width) {
    StringBuilder line = new StringBuilder();
    for (Column column : columns) {
      String cell = column.cells().get(row);
      String blanks = " ".repeat(column.width() - cell.length());
      line.append(line.isEmpty() ? "" : GAP);
      line.append(column.right() ? blanks + cell : cell + blanks);
    }
    String whole = line.toString().stripTrailing();
    return whole.length() <= width ? whole : whole.substring(0, Math.max(0, width - 3)) + "...";
  }
}
