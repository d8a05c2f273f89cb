package org.hilbench.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Properties;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.hilbench.Printable;
import org.hilbench.quantity.Quantity;

/**
 * The report as one HTML file that needs nothing else: style, script and the plotting library
 * (Apache ECharts) are inside, and its own security policy forbids it any network.
 */
public final class HtmlReport {
  private static final List<String> SCRIPTS =
      List.of("dom.js", "plot.js", "network.js", "detail.js", "table.js", "page.js");
  private static final Pattern PLACE = Pattern.compile("\\{\\{(\\w+)}}");
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private HtmlReport() {}

  public static String render(ReportData data) {
    Sections sections = new Sections(data);
    Map<String, Object> pieces = new HashMap<>();
    pieces.put("title", Markup.escaped("Pareto report: " + data.title()));
    pieces.put("heading", Markup.escaped(data.title()));
    pieces.put("style", own("report.css"));
    pieces.put("subtitle", sections.subtitle());
    pieces.put("tiles", sections.tiles());
    pieces.put("tableHead", sections.tableHead());
    pieces.put("tableRows", sections.tableRows());
    pieces.put("withoutNumbers", sections.withoutNumbers());
    pieces.put("withoutNumbersCount", data.shown().size() - data.evaluated().size());
    pieces.put("timeSentence", Markup.escaped(sections.timeSentence()));
    pieces.put("timeRows", sections.timeRows());
    pieces.put("command", Markup.escaped(data.command()));
    pieces.put("provenance", sections.provenance());
    pieces.put("data", json(page(data)));
    pieces.put("echarts", echarts());
    pieces.put("script", SCRIPTS.stream().map(HtmlReport::own).collect(Collectors.joining("\n")));
    return filled(own("report.html"), pieces);
  }

  private static String filled(String template, Map<String, Object> pieces) {
    StringBuilder page = new StringBuilder(1_000_000);
    Matcher place = PLACE.matcher(template);
    int copied = 0;
    while (place.find()) {
      Object piece = pieces.get(place.group(1));
      if (piece == null) {
        throw new IllegalStateException("report.html has an unknown place " + place.group());
      }
      page.append(template.substring(copied, place.start())).append(piece);
      copied = place.end();
    }
    return page.append(template.substring(copied)).toString();
  }

  private static Page page(ReportData data) {
    Points points = new Points(data);
    List<Page.AxisChoice> axes = new ArrayList<>();
    List<Page.Limit> limits = new ArrayList<>();
    for (Axis axis : Axis.values()) {
      Stream<Quantity> places =
          data.evaluated().stream().flatMap(trial -> points.at(axis, trial).stream());
      places
          .findFirst()
          .ifPresent(
              one -> axes.add(new Page.AxisChoice(axis.word(), axis.label(), one.unit().name())));
      data.constraints().stream()
          .filter(constraint -> constraint.holdsOn(data.target()))
          .forEach(
              constraint -> {
                OptionalDouble at = axis.limit(constraint);
                if (at.isPresent()) {
                  limits.add(new Page.Limit(axis.word(), at.getAsDouble(), constraint.toString()));
                }
              });
    }
    return new Page(axes, limits, points.all());
  }

  /** As the content of a script element: nothing in it can end that element. */
  private static String json(Page page) {
    try {
      return Printable.json(JSON.writeValueAsString(page))
          .replace("<", "\\u003c")
          .replace(">", "\\u003e")
          .replace("&", "\\u0026");
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("the page has no JSON form", e);
    }
  }

  private static String echarts() {
    Properties webJar = new Properties();
    try {
      webJar.load(new StringReader(text("/META-INF/maven/org.webjars.npm/echarts/pom.properties")));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    String version = webJar.getProperty("version");
    return text("/META-INF/resources/webjars/echarts/" + version + "/dist/echarts.common.min.js");
  }

  private static String own(String name) {
    return text("/org/hilbench/report/" + name);
  }

  private static String text(String resource) {
    try (InputStream stream = HtmlReport.class.getResourceAsStream(resource)) {
      if (stream == null) {
        throw new IllegalStateException("not on the class path: " + resource);
      }
      return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + resource, e);
    }
  }
}
