<?php

declare(strict_types=1);

require_once __DIR__ . '/parent-theme.php';

/** What PrestaShop's front office gives to the templates of examples/prestashop-theme, and no more than they use. */
function render_prestashop(array $job, array $data, callable $translate, string $compileDir): string
{
    $folder = EXAMPLES . 'prestashop-theme/themes/';
    $parent = $folder . 'kiln-row/';
    $child = $folder . 'kiln-row-server/';
    $ours = $job['version'] === 'our-server';
    ['base' => $base, 'language' => $iso, 'page' => $page, 'customer' => $customer] = $job;
    $smarty = new_smarty($compileDir);
    $smarty->setCompileId("prestashop-{$job['version']}");
    $smarty->setTemplateDir([...($ours ? [$child . 'templates'] : []), $parent . 'templates']);
    $smarty->registerResource('parent', new ParentTheme($parent . 'templates/'));

    $languages = $data['languages'];
    $assets = "{$base}themes/kiln-row/assets/";
    $path = fn (string $to, string $in) => $base . $in . '/' . ['contact' => 'contact-us.html', 'product' => 'bowls/14-tidewater-serving-bowl.html'][$to];
    $urlOf = fn (string $to) => $path($to, $iso);
    $name = $data['product']['name'];
    $pageName = ['contact' => 'contact', 'product' => 'product'][$page];
    $title = $page === 'contact' ? $translate('Contact') : $name;
    $rtl = $languages[$iso]['is_rtl'];
    $language = ['iso_code' => $iso, 'locale' => $languages[$iso]['locale'], 'language_code' => strtolower($languages[$iso]['locale']), 'is_rtl' => $rtl ? '1' : '0', 'name' => $languages[$iso]['name']];
    $urls = [
        'base_url' => $base,
        'current_url' => $urlOf($page),
        'theme_assets' => $assets,
        'img_url' => $assets . 'img/',
        'css_url' => $assets . 'css/',
        'pages' => ['index' => $urlOf('product'), 'contact' => $urlOf('contact'), 'my_account' => $urlOf('contact'), 'cart' => $urlOf('product')],
    ];
    $shop = ['name' => $data['shop']['name'], 'email' => $data['shop']['email'], 'phone' => $data['shop']['phone'], 'address' => $data['shop']['address'], 'favicon' => $assets . 'img/mark.svg'];
    $pageVar = [
        'page_name' => $pageName,
        'body_classes' => ["lang-$iso" => true, 'lang-rtl' => $rtl, 'country-GB' => true, 'currency-GBP' => true, 'layout-full-width' => true, "page-$pageName" => true, 'tax-display-enabled' => true] + ($page === 'product' ? ['product-id-14' => true] : []),
        'meta' => ['title' => "$title – {$shop['name']}", 'description' => $translate('Stoneware for the table, thrown and fired in Burslem.')],
    ];
    $person = $customer
        ? ['is_logged' => true, 'gender' => ['type' => null, 'name' => null], 'id' => $customer['id'], 'email' => $customer['email'], 'firstname' => $customer['firstname'], 'lastname' => $customer['lastname']]
        : ['is_logged' => false, 'gender' => ['type' => null, 'name' => null], 'email' => null, 'firstname' => null, 'lastname' => null];
    $links = fn (array $entries) => array_map(fn ($entry) => ['url' => $urlOf($entry['to']), 'title' => $entry['label']], $entries);
    $image = fn (string $file, string $legend = '') => ['url' => $assets . 'img/' . $file, 'legend' => $legend];
    $product = $data['product'];
    $contactData = [
        'contacts' => $data['contacts'],
        'email' => '',
        'message' => '',
        'orders' => array_map(fn ($i) => ['id_order' => $i + 1, 'reference' => $customer['orders'][$i]], array_keys($customer['orders'] ?? [])),
        'allow_file_upload' => true,
    ];
    $widget = function () use ($compileDir, $smarty, $parent, $contactData, $urls): string {
        $inner = $smarty->createTemplate($parent . 'modules/contactform/views/templates/widget/contactform.tpl', 'contactform', 'contactform', $smarty);
        // the core makes a token for each cookie; here one that no shop has made
        $inner->assign(['contact' => $contactData, 'notifications' => false, 'token' => str_repeat('0', 32), 'urls' => $urls]);

        return $inner->fetch();
    };

    $smarty->registerPlugin('function', 'l', fn (array $params) => htmlspecialchars($translate($params['s']), ENT_QUOTES, 'UTF-8'));
    $smarty->registerPlugin('function', 'hook', fn (array $params) => $params['h'] === 'displayContactContent' ? $widget() : '');
    $smarty->registerPlugin('modifier', 'classnames', fn (array $classes) => implode(' ', array_keys(array_filter($classes))));
    $smarty->registerPlugin('modifier', 'json_encode', 'json_encode');
    $smarty->assign([
        'layout' => 'layouts/layout-full-width.tpl',
        'page' => $pageVar,
        'language' => $language,
        'languages' => array_map(fn ($code) => ['iso_code' => $code, 'name_simple' => $languages[$code]['name'], 'url' => $path($page, $code)], array_keys($languages)),
        'urls' => $urls,
        'shop' => $shop,
        'customer' => $person,
        'breadcrumb' => [
            'count' => $page === 'product' ? 3 : 2,
            'links' => [
                ['title' => $translate('Home'), 'url' => $urlOf('product')],
                ...($page === 'product' ? [['title' => $product['category'], 'url' => $urlOf('product')]] : []),
                ['title' => $title, 'url' => $urlOf($page)],
            ],
        ],
        'menu' => array_map(fn ($entry) => ['url' => $urlOf($entry['to']), 'label' => $entry['label'], 'current' => false], $data['menu']),
        'link_blocks' => array_map(fn ($block) => ['title' => $block['title'], 'links' => $links($block['links'])], $data['footer']),
        'stylesheets' => ['external' => [['uri' => $assets . 'css/theme.css', 'media' => 'all']]],
        'javascript' => ['head' => ['external' => []], 'bottom' => ['external' => []]],
        'csp_nonce' => 'per-request',
        'js_custom_vars' => ['prestashop' => [
            'currency' => ['iso_code' => 'GBP', 'sign' => '£'],
            'customer' => $person,
            'language' => $language,
            'page' => ['title' => '', 'canonical' => null, 'meta' => ['title' => $pageVar['meta']['title']], 'page_name' => $pageName],
            'shop' => ['name' => $shop['name']],
            'urls' => $urls,
            'static_token' => md5('cart' . ($customer['id'] ?? '')),
            'token' => md5('page' . ($customer['id'] ?? '')),
        ]],
        'contact' => $contactData,
        'product' => [
            'id' => $product['id'],
            'name' => $product['name'],
            'category_name' => $product['category'],
            'price' => $product['price'],
            'labels' => ['tax_long' => $product['tax']],
            'cover' => $image('bowl.svg', $product['cover']),
            'images' => array_map(fn ($entry) => $image($entry['file'], $entry['legend']), $product['images']),
            'description_short' => $product['short'],
            'description' => $product['long'],
            'story' => ['title' => $product['story']],
            'availability_message' => $product['availability'],
            'groups' => [3 => ['name' => $product['glaze'], 'attributes' => array_map(fn ($i) => $product['glazes'][$i] + ['selected' => $i === 0], array_keys($product['glazes']))]],
            'features' => $product['features'],
        ],
        'accessories' => array_map(fn ($entry) => ['id' => $entry['id'], 'name' => $entry['name'], 'price' => $entry['price'], 'url' => $urlOf('product'), 'cover' => $image($entry['file'])], $data['accessories']),
        // assigned by the module supportidentity
        'support' => ['endpoint' => $job['support']['endpoint'], 'desk' => $job['support']['desk'], 'identity_url' => $job['support']['identityUrl']],
    ]);

    return $smarty->fetch(['contact' => 'contact.tpl', 'product' => 'catalog/product.tpl'][$page]);
}
