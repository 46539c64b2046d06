<?php

if (!defined('_PS_VERSION_')) {
    exit;
}

/** Tells the theme where the support server is, and the support server who is signed in. */
class SupportIdentity extends Module
{
    public function __construct()
    {
        $this->name = 'supportidentity';
        $this->tab = 'front_office_features';
        $this->version = '1.0.0';
        $this->author = 'Storefront Support';
        $this->need_instance = 0;
        $this->ps_versions_compliancy = ['min' => '8.0.0', 'max' => _PS_VERSION_];
        parent::__construct();
        $this->displayName = 'Support identity';
        $this->description = 'Signs customers of the shop in to its support server.';
    }

    public function install(): bool
    {
        return parent::install() && $this->registerHook('actionFrontControllerSetMedia');
    }

    public function hookActionFrontControllerSetMedia(): void
    {
        ['endpoint' => $endpoint, 'desk' => $desk] = $this->server();
        $this->context->smarty->assign('support', [
            'endpoint' => $endpoint,
            'desk' => $desk,
            'identity_url' => $this->context->link->getModuleLink($this->name, 'identity', [], true),
        ]);
    }

    /**
     * The settings of the shop that is shown, of the several an installation may have.
     *
     * @return array{endpoint: string, desk: string, kid: string, secretFile: string, addressesAreProved: bool}
     */
    public function server(): array
    {
        $settings = require __DIR__ . '/settings.php';

        return ($settings[(int) $this->context->shop->id] ?? []) + $settings['all'];
    }
}
