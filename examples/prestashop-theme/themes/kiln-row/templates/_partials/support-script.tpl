<script type="module" src="{$urls.theme_assets}support/embed.js"></script>
