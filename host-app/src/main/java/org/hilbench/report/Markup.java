package org.hilbench.report;

import java.util.Objects;
import org.hilbench.Printable;
import org.hilbench.quantity.Quantity;

/** A piece of HTML; whatever comes from outside enters it as text and is escaped. */
final class Markup {
  private final StringBuilder html = new StringBuilder();

  /** HTML of our own, as it is. */
  Markup raw(String ownHtml) {
    html.append(ownHtml);
    return this;
  }

  Markup raw(Markup piece) {
    html.append(piece.html);
    return this;
  }

  Markup text(Object text) {
    html.append(escaped(Objects.toString(text)));
    return this;
  }

  /** An element of one class that holds only text; an empty class is left out. */
  Markup element(String tag, String cssClass, Object text) {
    html.append('<').append(tag);
    if (!cssClass.isEmpty()) {
      html.append(" class=\"").append(escaped(cssClass)).append('"');
    }
    html.append('>').append(escaped(Objects.toString(text))).append("</").append(tag).append('>');
    return this;
  }

  /** A number and, beside it, the word that says where it comes from. */
  Markup amount(Quantity quantity) {
    element("span", "num", Amounts.text(quantity));
    return raw(" ").raw(origin(quantity));
  }

  private static Markup origin(Quantity quantity) {
    String bar =
        Amounts.errorBar(quantity).map(text -> " " + text.replace("+-", "\u00b1")).orElse("");
    return new Markup().element("span", "origin " + quantity.origin(), quantity.origin() + bar);
  }

  /** Fit for an element and for an attribute in quotes, with nothing in it that is not seen. */
  static String escaped(String foreign) {
    String text = Printable.line(foreign);
    StringBuilder escaped = new StringBuilder(text.length() + 16);
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '&' -> escaped.append("&amp;");
        case '<' -> escaped.append("&lt;");
        case '>' -> escaped.append("&gt;");
        case '"' -> escaped.append("&quot;");
        case '\'' -> escaped.append("&#39;");
        default -> escaped.append(c);
      }
    }
    return escaped.toString();
  }

  @Override
  public String toString() {
    return html.toString();
  }
}
