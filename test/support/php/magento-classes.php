<?php

declare(strict_types=1);

// The few classes of Magento that the templates of examples/magento-theme name, with what they use of them.

namespace Magento\Framework {
    class Escaper
    {
        public function escapeHtml(string $text): string
        {
            return htmlspecialchars($text, ENT_QUOTES | ENT_SUBSTITUTE, 'UTF-8');
        }

        public function escapeHtmlAttr(string $text): string
        {
            return $this->escapeHtml($text);
        }

        public function escapeUrl(string $url): string
        {
            return $this->escapeHtml($url);
        }
    }

    class DataObject
    {
        public function __construct(protected array $_data = [])
        {
        }

        public function getData(string $key): mixed
        {
            return $this->_data[$key] ?? null;
        }

        public function setData(string $key, mixed $value): void
        {
            $this->_data[$key] = $value;
        }

        /** `getShortDescription()` is `getData('short_description')`. */
        public function __call(string $method, array $args): mixed
        {
            $key = strtolower(preg_replace('/(.)([A-Z])/', '$1_$2', substr($method, 3)));
            if (!str_starts_with($method, 'get') || !array_key_exists($key, $this->_data)) {
                throw new \BadMethodCallException(static::class . "::$method");
            }

            return $this->_data[$key];
        }
    }
}

namespace Magento\Framework\View\Element {
    class Template extends \Magento\Framework\DataObject
    {
        /** @var array<string, Template> */
        public array $children = [];

        /** @param \Closure(string): string $file full path of a template of the theme, its parents included */
        public function __construct(private readonly \Closure $file, private readonly string $template, private readonly array $page, array $data)
        {
            parent::__construct($data);
        }

        public function getTemplateFile(?string $template = null): string
        {
            return ($this->file)($template ?? $this->template);
        }

        public function fetchView(string $file): string
        {
            $block = $this;
            $escaper = new \Magento\Framework\Escaper();
            ob_start();
            include $file;

            return ob_get_clean();
        }

        public function toHtml(): string
        {
            return $this->fetchView($this->getTemplateFile());
        }

        public function getChildHtml(string $alias): string
        {
            return isset($this->children[$alias]) ? $this->children[$alias]->toHtml() : '';
        }

        public function getUrl(string $route): string
        {
            return $this->page['base'] . match ($route) {
                'contact' => 'contact/',
                'contact/index/post' => 'contact/index/post/',
                default => 'stuga.html',
            };
        }

        public function getViewFileUrl(string $file): string
        {
            return $this->page['static'] . $file;
        }

        public function getMenu(): array
        {
            return $this->entries($this->page['menu']);
        }

        public function getFooterLinks(): array
        {
            return array_map(fn (array $column) => ['title' => $column['title'], 'links' => $this->entries($column['links'])], $this->page['footer']);
        }

        public function getOtherLanguage(): array
        {
            return $this->page['otherLanguage'];
        }

        public function getFormAction(): string
        {
            return $this->getUrl('contact/index/post');
        }

        public function getProduct(): \Magento\Framework\DataObject
        {
            return new \Magento\Framework\DataObject($this->page['product']);
        }

        private function entries(array $entries): array
        {
            return array_map(fn (array $entry) => ['url' => $this->getUrl($entry['to']), 'label' => $entry['label']], $entries);
        }
    }
}
