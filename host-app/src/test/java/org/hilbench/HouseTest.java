package org.hilbench;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.belongTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.equivalentTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.type;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noMethods;
import static com.tngtech.archunit.library.GeneralCodingRules.ACCESS_STANDARD_STREAMS;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.io.Console;
import java.io.PrintStream;
import java.io.PrintWriter;
import org.hilbench.data.Augmentation;
import org.hilbench.data.DatasetProvider;
import org.hilbench.data.Encoding;
import org.hilbench.firmware.CompileWatcher;
import org.hilbench.reference.HostInterpreter;
import org.hilbench.reference.Kernels;
import org.hilbench.worker.Progress;
import org.hilbench.worker.WorkerHandler;

/** The rooms of the house: who may depend on whom. The picture is in docs/walkthrough.md. */
@AnalyzeClasses(packages = "org.hilbench", importOptions = ImportOption.DoNotIncludeTests.class)
class HouseTest {
  @ArchTest
  static final ArchRule roomsHaveNoCycles =
      slices().matching("org.hilbench.(*)..").should().beFreeOfCycles();

  /** So that a new space needs no change elsewhere; {@code Spaces} lists them. */
  @ArchTest
  static final ArchRule onlyTheSpacesRoomKnowsOneSpace =
      noClasses()
          .that()
          .resideOutsideOfPackage("org.hilbench.space..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("org.hilbench.space.*..");

  @ArchTest
  static final ArchRule onlyExecStartsPrograms =
      noClasses()
          .that()
          .resideOutsideOfPackage("org.hilbench.exec..")
          .should()
          .dependOnClassesThat(
              resideInAPackage("org.apache.commons.exec..")
                  .or(
                      describe(
                          "ProcessBuilder or Runtime.exec",
                          type -> type.isEquivalentTo(ProcessBuilder.class))));

  @ArchTest
  static final ArchRule onlyTrainingKnowsDjl =
      noClasses()
          .that()
          .resideOutsideOfPackages("org.hilbench.train..", "org.hilbench.search.learn..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("ai.djl..");

  @ArchTest
  static final ArchRule onlySerialKnowsPorts =
      noClasses()
          .that()
          .resideOutsideOfPackage("org.hilbench.serial..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("com.fazecast..");

  /** With it, whoever flashes must hold an Adopted: no board is overwritten unasked. */
  @ArchTest
  static final ArchRule onlyTheCommandLineAdoptsBoards =
      noClasses()
          .that()
          .resideOutsideOfPackages("org.hilbench.cli..", "org.hilbench.lab..")
          .should()
          .callMethod(
              org.hilbench.lab.Lab.class,
              "adopting",
              org.hilbench.lab.Probe.class,
              org.hilbench.board.BoardProfile.class);

  @ArchTest
  static final ArchRule onlyTheCommandLineKnowsPicocli =
      noClasses()
          .that()
          .resideOutsideOfPackage("org.hilbench.cli..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("picocli..");

  /**
   * A page, a gate, a rack's worker and a test use them as the command line does: they take no
   * arguments and print nothing.
   */
  @ArchTest
  static final ArchRule anExperimentHasNoTerminal =
      noClasses()
          .that()
          .resideInAnyPackage("org.hilbench.experiment..", "org.hilbench.desk..")
          .should()
          .dependOnClassesThat(
              resideInAnyPackage("org.hilbench.cli..", "picocli..")
                  .or(type(PrintStream.class))
                  .or(type(PrintWriter.class))
                  .or(type(Console.class)));

  @ArchTest
  static final ArchRule anExperimentIsNoProgram =
      noMethods()
          .that()
          .areDeclaredInClassesThat()
          .resideInAnyPackage("org.hilbench.experiment..", "org.hilbench.desk..")
          .should()
          .haveName("main");

  /** What a command hears while it waits: how far a training is, and what is compiled. */
  private static final DescribedPredicate<JavaClass> LISTENERS =
      belongTo(equivalentTo(Progress.class).or(equivalentTo(CompileWatcher.class)));

  @ArchTest
  static final ArchRule theCommandLineKnowsNoStage =
      noClasses()
          .that()
          .resideInAPackage("org.hilbench.cli..")
          .should()
          .dependOnClassesThat(
              resideInAnyPackage(
                      "org.hilbench.store..",
                      "org.hilbench.trial..",
                      "org.hilbench.data..",
                      "org.hilbench.train..",
                      "org.hilbench.quantize..",
                      "org.hilbench.tflite..",
                      "org.hilbench.evaluate..",
                      "org.hilbench.reference..",
                      "org.hilbench.verify..",
                      "org.hilbench.firmware..",
                      "org.hilbench.flash..",
                      "org.hilbench.device..",
                      "org.hilbench.serial..",
                      "org.hilbench.energy..",
                      "org.hilbench.bench..",
                      "org.hilbench.measure..",
                      "org.hilbench.graph..",
                      "org.hilbench.worker..")
                  .and(not(LISTENERS)));

  @ArchTest
  static final ArchRule aDeskKnowsNoSearch =
      noClasses()
          .that()
          .resideInAPackage("org.hilbench.desk..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "org.hilbench.experiment..",
              "org.hilbench.search..",
              "org.hilbench.space..",
              "org.hilbench.store..",
              "org.hilbench.report..");

  /** So that nothing of others reaches the terminal but as {@link Printable} has it. */
  @ArchTest
  static final ArchRule onlyTwoClassesKnowTheStandardStreams =
      noClasses()
          .that()
          .doNotHaveFullyQualifiedName("org.hilbench.cli.PrintableStream")
          .and()
          .doNotHaveFullyQualifiedName("org.hilbench.cli.StandardOutput")
          .should(ACCESS_STANDARD_STREAMS)
          .orShould()
          .callMethodWhere(
              describe(
                  "Throwable.printStackTrace",
                  call -> call.getTarget().getName().equals("printStackTrace")));

  @ArchTest
  static final ArchRule onlyTheWebRoomSpeaksHttp =
      noClasses()
          .that()
          .resideOutsideOfPackage("org.hilbench.web..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("com.sun.net.httpserver..", "java.net.http..");

  @ArchTest
  static final ArchRule foundationsKnowNoStage =
      noClasses()
          .that()
          .resideInAnyPackage(
              "org.hilbench.graph..",
              "org.hilbench.board..",
              "org.hilbench.protocol..",
              "org.hilbench.exec..",
              "org.hilbench.quantity..",
              "org.hilbench.data..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "org.hilbench.cli..",
              "org.hilbench.trial..",
              "org.hilbench.train..",
              "org.hilbench.search..",
              "org.hilbench.store..",
              "org.hilbench.measure..",
              "org.hilbench.device..",
              "org.hilbench.firmware..");

  /** A data set is known by its name alone, and what it stores by its encoding. */
  @ArchTest
  static final ArchRule onlyTheDataRoomKnowsWhichDataSetsThereAre =
      noClasses()
          .that()
          .resideOutsideOfPackage("org.hilbench.data..")
          .should()
          .dependOnClassesThat(
              describe(
                  "a data set, an encoding or an augmentation of one kind",
                  type ->
                      !type.isInterface()
                          && (type.isAssignableTo(DatasetProvider.class)
                              || type.isAssignableTo(Encoding.class)
                              || type.isAssignableTo(Augmentation.class))));

  /** A bench may serve a search of another machine. */
  @ArchTest
  static final ArchRule aBenchKnowsNoSearch =
      noClasses()
          .that()
          .resideInAnyPackage("org.hilbench.measure..", "org.hilbench.bench..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "org.hilbench.verify..",
              "org.hilbench.trial..",
              "org.hilbench.train..",
              "org.hilbench.space..",
              "org.hilbench.search..",
              "org.hilbench.store..",
              "org.hilbench.report..",
              "org.hilbench.cli..");

  @ArchTest
  static final ArchRule whatTravelsRunsNothing =
      noClasses()
          .that()
          .resideInAPackage("org.hilbench.measure..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "org.hilbench.bench..",
              "org.hilbench.exec..",
              "org.hilbench.serial..",
              "org.hilbench.flash..",
              "org.hilbench.lab..");

  /** A model can bring TensorFlow Lite down: it runs in worker processes alone. */
  @ArchTest
  static final ArchRule onlyWorkersRunTensorFlowLite =
      noClasses()
          .that()
          .areNotAssignableTo(WorkerHandler.class)
          .should()
          .callMethod(HostInterpreter.class, "open", byte[].class, Kernels.class);

  @ArchTest
  static final ArchRule onlyWorkerProcessesHaveHandlers =
      noClasses()
          .that()
          .areNotAssignableTo(WorkerHandler.class)
          .and()
          .doNotHaveFullyQualifiedName("org.hilbench.worker.WorkerMain")
          .should()
          .accessTargetWhere(
              describe(
                  "a handler's constructor, method or field",
                  access -> access.getTargetOwner().isAssignableTo(WorkerHandler.class)));

  @ArchTest
  static final ArchRule onlyTheReferenceIsNative =
      noClasses()
          .that()
          .resideOutsideOfPackage("org.hilbench.reference..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("org.bytedeco..", "com.sun.jna..");
}
