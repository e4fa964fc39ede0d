package io.github.multilabel.cli.program;

import java.lang.reflect.Field;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Help;
import picocli.CommandLine.IHelpSectionRenderer;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.UsageMessageSpec;

/** How {@code --help} is laid out: options in sections, since a training has many, and an example in the end. */
final class HelpText {

    private static final String OF_THE_COMMAND = "This command";
    private static final String STANDARD = "Help";

    private HelpText() {}

    /** Lays out the help of a command and of its subcommands. */
    static void layOut(CommandLine command) {
        Map<String, IHelpSectionRenderer> sections = new LinkedHashMap<>(command.getHelpSectionMap());
        sections.put(UsageMessageSpec.SECTION_KEY_OPTION_LIST, HelpText::options);
        sections.put(UsageMessageSpec.SECTION_KEY_FOOTER, HelpText::examples);
        command.setHelpSectionMap(sections);
        command.getCommandSpec().usageMessage().abbreviateSynopsis(true);
        command.getSubcommands().values().forEach(subcommand -> {
            subcommand.getCommandSpec().versionProvider(command.getCommandSpec().versionProvider());
            layOut(subcommand);
        });
    }

    private static String options(Help help) {
        Map<String, List<OptionSpec>> sections = new LinkedHashMap<>();
        help.commandSpec().options().stream()
                .filter(option -> !option.hidden())
                .forEach(option -> sections.computeIfAbsent(heading(option), heading -> new ArrayList<>())
                        .add(option));
        List<OptionSpec> standard = sections.remove(STANDARD);
        if (sections.isEmpty()) {
            return standard == null ? "" : help.optionListExcludingGroups(standard);
        }
        if (standard != null) {
            sections.put(STANDARD, standard);
        }
        StringBuilder text = new StringBuilder();
        sections.forEach((heading, options) -> text.append(String.format(Locale.ROOT, "%n%s:%n", heading))
                .append(help.optionListExcludingGroups(options)));
        return text.toString();
    }

    private static String heading(OptionSpec option) {
        if (option.usageHelp() || option.versionHelp()) {
            return STANDARD;
        }
        if (option.userObject() instanceof Field field) {
            Section section = field.getDeclaringClass().getAnnotation(Section.class);
            return section == null ? OF_THE_COMMAND : section.value();
        }
        return OF_THE_COMMAND;
    }

    /** Those of the command, or of its subcommands. */
    private static String examples(Help help) {
        List<String> examples = new ArrayList<>();
        examples.addAll(Arrays.asList(help.commandSpec().usageMessage().footer()));
        help.commandSpec().subcommands().values().stream()
                .flatMap(command -> Arrays.stream(
                                command.getCommandSpec().usageMessage().footer())
                        .limit(1))
                .forEach(examples::add);
        return examples.isEmpty()
                ? ""
                : String.format(Locale.ROOT, "%nExamples:%n%s%n", String.join(System.lineSeparator(), examples));
    }
}
