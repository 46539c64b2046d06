<?php

declare(strict_types=1);

require_once __DIR__ . '/magento-classes.php';
require_once __DIR__ . '/magento-layout.php';
require_once __DIR__ . '/page-texts.php';

/** What Magento prints around the theme of examples/magento-theme: the document, the containers of its layout, and its page data. */
function render_magento(array $job, array $data, Closure $translate): string
{
    PageTexts::$translate = $translate;
    ['base' => $root, 'language' => $language, 'page' => $page] = $job;
    ['locale' => $locale, 'is_rtl' => $rtl] = $data['languages'][$language];
    $folder = EXAMPLES . 'magento-theme/app/design/frontend/Norrvik/';
    $themes = $job['version'] === 'our-server' ? [$folder . 'default/', $folder . 'server/'] : [$folder . 'default/'];
    $base = "$root$language/";
    $static = "{$root}static/frontend/Norrvik/default/$locale/";
    $escape = [new Magento\Framework\Escaper(), 'escapeHtml'];
    $handle = ['contact' => 'contact_index_index', 'product' => 'catalog_product_view'][$page];
    $other = array_values(array_diff(array_keys($data['languages']), [$language]))[0];
    $product = $data['product'];
    $layout = new MagentoLayout($themes, [
        'base' => $base,
        'static' => $static,
        'menu' => $data['menu'],
        'footer' => $data['footer'],
        'otherLanguage' => ['code' => $other, 'name' => $data['languages'][$other]['name'], 'url' => "$root$other/" . ['contact' => 'contact/', 'product' => 'stuga.html'][$page]],
        'product' => [
            'id' => 2041,
            'name' => $product['name'],
            'sku' => $product['sku'],
            'short_description' => $product['short'],
            'formatted_price' => $product['price'],
            'sizes' => $product['sizes']['list'],
            'paragraphs' => $product['paragraphs']['list'],
        ] + $product,
    ], new MagentoSupport($job['support']));
    $layout->load('Magento_Theme/layout/default.xml');
    $layout->load(($page === 'contact' ? 'Magento_Contact' : 'Magento_Catalog') . "/layout/$handle.xml");

    $title = $page === 'contact' ? __('Contact Us') : $product['name'];
    $lang = strtr($locale, '_', '-');
    $dir = $rtl ? ' dir="rtl"' : '';
    $baseUrl = json_encode($base);
    $staticUrl = json_encode($static);
    $css = implode("\n", array_map(fn ($file) => "<link rel=\"stylesheet\" type=\"text/css\" media=\"all\" href=\"$static$file\">", $layout->styles));
    $class = ['contact' => 'contact-index-index page-layout-1column', 'product' => 'catalog-product-view product-stuga page-layout-1column'][$page];
    $heading = $page === 'contact' ? '<div class="page-title-wrapper"><h1 class="page-title"><span class="base" data-ui-id="page-title-wrapper">' . $escape($title) . '</span></h1></div>' : '';

    return <<<HTML
    <!doctype html>
    <html lang="{$escape(explode('-', $lang)[0])}"$dir>
    <head>
    <script nonce="per-request">
        var BASE_URL = $baseUrl;
        var require = {"baseUrl": $staticUrl};
    </script>
    <meta charset="utf-8">
    <title>{$escape($title)} – Norrvik</title>
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <link rel="icon" type="image/svg+xml" href="{$static}images/mark.svg">
    $css
    </head>
    <body data-container="body" id="html-body" class="$class">
    <script type="text/x-magento-init">{"*": {"Magento_PageCache/js/form-key-provider": {"isPaginationCacheEnabled": 0}}}</script>
    <div class="page-wrapper">
    <a class="action skip contentarea" href="#contentarea"><span>{$escape(__('Skip to Content'))}</span></a>
    {$layout->html('header.container')}
    <main id="maincontent" class="page-main"><a id="contentarea" tabindex="-1"></a>
    $heading
    <div class="columns"><div class="column main">
    {$layout->html('content')}
    </div></div>
    </main>
    {$layout->html('footer-container')}
    {$layout->html('before.body.end')}
    </div>
    </body>
    </html>

    HTML;
}

/** The view model of the module Norrvik_SupportIdentity, with settings of a test. */
final class MagentoSupport
{
    public function __construct(private readonly array $settings)
    {
    }

    public function endpoint(): string
    {
        return $this->settings['endpoint'];
    }

    public function desk(): string
    {
        return $this->settings['desk'];
    }

    public function identityUrl(): string
    {
        return $this->settings['identityUrl'];
    }
}
