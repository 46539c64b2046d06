<?php

declare(strict_types=1);

use Magento\Framework\View\Element\Template;

/** As much of Magento's layout files as the theme of examples/magento-theme uses; anything else in them is refused. */
final class MagentoLayout
{
    /** @var string[] */
    public array $styles = [];
    /** @var array<string, Template> */
    private array $blocks = [];
    /** @var array<string, Template[]> */
    private array $containers = ['header.container' => [], 'content' => [], 'footer-container' => [], 'before.body.end' => []];

    /** @param string[] $themes folders of the theme's parents and of itself, the eldest first */
    public function __construct(private readonly array $themes, private readonly array $page, private readonly MagentoSupport $support)
    {
    }

    /** Reads a layout file of every theme that has it. */
    public function load(string $file): void
    {
        foreach ($this->themes as $theme) {
            if (!is_file($theme . $file)) {
                continue;
            }
            $xml = new SimpleXMLElement(file_get_contents($theme . $file));
            foreach ($xml->head?->css ?? [] as $css) {
                $this->styles[] = (string) $css['src'];
            }
            foreach ($xml->body->children() as $element) {
                $name = (string) $element['name'];
                match ($element->getName()) {
                    'referenceContainer' => $this->addBlocks($element, fn (Template $block) => $this->containers[$name][] = $block),
                    'referenceBlock' => $this->setArguments($this->blocks[$name], $element),
                };
            }
        }
    }

    public function html(string $container): string
    {
        return implode("\n", array_map(fn (Template $block) => $block->toHtml(), $this->containers[$container]));
    }

    private function addBlocks(SimpleXMLElement $parent, callable $add): void
    {
        foreach ($parent->block as $element) {
            $block = new Template($this->templateFile(...), (string) $element['template'], $this->page, []);
            $this->blocks[(string) $element['name']] = $block;
            $this->setArguments($block, $element);
            $add($block, (string) ($element['as'] ?? $element['name']));
            $this->addBlocks($element, function (Template $child, string $alias) use ($block): void {
                $block->children[$alias] = $child;
            });
        }
    }

    private function setArguments(Template $block, SimpleXMLElement $element): void
    {
        foreach ($element->arguments?->argument ?? [] as $argument) {
            $block->setData((string) $argument['name'], match ((string) $argument) {
                'Norrvik\SupportIdentity\ViewModel\Support' => $this->support,
            });
        }
    }

    /** `Magento_Contact::form.phtml`, of the youngest theme that has it. */
    private function templateFile(string $template): string
    {
        [$module, $file] = explode('::', $template);
        foreach (array_reverse($this->themes) as $theme) {
            if (is_file("$theme$module/templates/$file")) {
                return "$theme$module/templates/$file";
            }
        }
        throw new OutOfBoundsException($template);
    }
}
